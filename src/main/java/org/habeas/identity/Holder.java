package org.habeas.identity;

import org.habeas.actor.Actor;
import org.habeas.request.Reference;

/** Somebody who has shown the passphrase of this request. */
public final class Holder {
    private final Reference reference;

    Holder(Reference reference) {
        this.reference = reference;
    }

    /** The same person again, as her browser's session remembers; only for who has just asked that session. */
    public static Holder remembered(Reference reference) {
        return new Holder(reference);
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
