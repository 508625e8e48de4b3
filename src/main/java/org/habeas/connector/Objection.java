package org.habeas.connector;

/** Why a change cannot be made, and what can be done about it. Holds no personal data. */
public record Objection(String what, String remedy) {}
