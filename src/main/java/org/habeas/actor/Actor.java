package org.habeas.actor;

import java.util.Locale;

/**
 * Who acts. {@code name} is an account name for staff, a request's reference for a person or her agent, the name of the
 * job for the system; never a person's own name.
 */
public record Actor(Kind kind, String name) {
    public enum Kind {
        PERSON,
        AGENT,
        OWNER,
        OFFICER,
        AUDITOR,
        ADMIN,
        SYSTEM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Actor person(String reference) {
        return new Actor(Kind.PERSON, reference);
    }

    public static Actor officer(String account) {
        return new Actor(Kind.OFFICER, account);
    }

    public static Actor system(String job) {
        return new Actor(Kind.SYSTEM, job);
    }

    public boolean staff() {
        return kind == Kind.OFFICER || kind == Kind.AUDITOR || kind == Kind.ADMIN;
    }
}
