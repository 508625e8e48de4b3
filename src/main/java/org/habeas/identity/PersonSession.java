package org.habeas.identity;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.habeas.request.Reference;
import org.habeas.session.BrowserSession;

/** The person's pages remember for half an hour, in the browser's sealed session, that she gave the passphrase. */
@RequestScoped
public class PersonSession {
    private final BrowserSession session;
    private final Passphrases passphrases;

    PersonSession(BrowserSession session, Passphrases passphrases) {
        this.session = session;
        this.passphrases = passphrases;
    }

    /** The holder, if this browser has shown the passphrase of that request lately; the half hour starts anew. */
    public Optional<Holder> holder(String reference) {
        return Reference.typed(reference).filter(r -> session.holds(r.text())).map(Holder::remembered);
    }

    /** Lets the holder of the passphrase in, or throws {@link org.habeas.problem.NotFound}. */
    public Holder enter(String reference, String passphrase) {
        Holder holder = passphrases.open(reference, passphrase);
        begin(holder.reference());
        return holder;
    }

    /** Whoever has just made a request need not type the passphrase that she was told a moment ago. */
    public void begin(Reference reference) {
        passphrases.together(reference).forEach(r -> session.open(r.text()));
    }

    public void leave(Holder holder) {
        session.close(holder.reference().text());
    }
}
