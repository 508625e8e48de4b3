package org.habeas.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.problem.Invalid;
import org.habeas.request.Links;
import org.habeas.request.Receipt;
import org.habeas.request.Requests;
import org.habeas.vault.Secrets;
import org.jspecify.annotations.Nullable;

/** How requests come in by letter, telephone, e-mail or in person: an officer types them in. */
@ApplicationScoped
public class LetterIntake {
    private final Receiving receiving;
    private final Requests requests;
    private final Links links;
    private final Organisation organisation;

    LetterIntake(Receiving receiving, Requests requests, Links links, DataMap map) {
        this.organisation = map.organisation();
        this.receiving = receiving;
        this.requests = requests;
        this.links = links;
    }

    /**
     * Takes in what came; the clock runs from when it came. The officer tells the person the passphrase, with which she can
     * follow her request and ask for a code. Several wishes of one letter become several requests with a clock each, linked,
     * and opened by one passphrase.
     */
    @Transactional
    public List<Requests.Opened> register(Filing filing, Actor officer, @Nullable String acceptLanguage) {
        List<Receipt> receipts = receiving.fromStaff(filing, acceptLanguage);
        Organisation.Remit remit = organisation.remit(officer.name());
        if (!receipts.stream().map(Receipt::company).allMatch(remit::covers)) {
            throw Invalid.field("organisation", "intake_organisation_not_yours");
        }
        String passphrase = Secrets.passphrase();
        List<Requests.Opened> opened = receipts.stream()
                .map(receipt -> requests.receive(receipt, officer.kind(), officer.name(), passphrase))
                .toList();
        links.sameLetter(opened.stream().map(Requests.Opened::request).toList());
        return opened;
    }
}
