package org.habeas.notification;

/** A letter as it goes out and stays readable. {@code kind} names it in the ledger: {@code receipt}, {@code refusal}. */
record Letter(String kind, String subject, String text) {
    @Override
    public String toString() {
        return "Letter[" + kind + "]";
    }
}
