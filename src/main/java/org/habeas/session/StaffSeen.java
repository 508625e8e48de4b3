package org.habeas.session;

import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.actor.StaffAddresses;
import org.habeas.words.CurrentWords;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Keeps the address that the provider tells of an officer, and the language she reads, for her reminders. */
class StaffSeen {
    private final CurrentActor actor;
    private final StaffAddresses addresses;
    private final CurrentWords words;

    StaffSeen(CurrentActor actor, StaffAddresses addresses, CurrentWords words) {
        this.actor = actor;
        this.addresses = addresses;
        this.words = words;
    }

    @ServerRequestFilter
    void note() {
        if (actor.roles().contains(Roles.OFFICER)) {
            String account = actor.officer().name();
            actor.addresses().stream().findFirst().ifPresent(email -> addresses.note(account, email, words.language()));
        }
    }
}
