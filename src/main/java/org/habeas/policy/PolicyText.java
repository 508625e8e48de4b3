package org.habeas.policy;

/** The policy in one language: its Markdown, and, for a different use, in a few sentences what changes. */
public record PolicyText(String markdown, String change) {
    public PolicyText {
        change = change == null ? "" : change;
    }
}
