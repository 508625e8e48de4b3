package org.habeas.identity;

import org.habeas.actor.Actor;
import org.habeas.request.Reference;

/** Somebody who has shown the passphrase of this request; only {@link Passphrases} and {@link PersonSession} make one. */
public final class Holder {
    private final Reference reference;

    Holder(Reference reference) {
        this.reference = reference;
    }

    public Reference reference() {
        return reference;
    }

    Actor actor() {
        return Actor.person(reference.text());
    }

    @Override
    public String toString() {
        return "Holder[" + reference + "]";
    }
}
