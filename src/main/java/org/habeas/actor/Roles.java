package org.habeas.actor;

/** The roles of staff: realm roles of Keycloak and roles of the local accounts have these names. */
public interface Roles {
    String OFFICER = "officer";
    String AUDITOR = "auditor";
    String ADMIN = "admin";
}
