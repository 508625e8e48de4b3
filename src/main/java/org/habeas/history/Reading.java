package org.habeas.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;

/** What an auditor reads is itself in the history: first the entry, then the answer. */
@ApplicationScoped
class Reading {
    private final Ledger ledger;

    Reading(Ledger ledger) {
        this.ledger = ledger;
    }

    @Transactional
    void note(Act act) {
        ledger.append(act);
    }
}
