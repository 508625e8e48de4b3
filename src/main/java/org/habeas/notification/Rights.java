package org.habeas.notification;

import org.habeas.words.Words;

/** The right that was used, in words, with its article where the regime is one of the GDPR's. */
final class Rights {
    private Rights() {}

    static String told(Facts facts, Words words) {
        String right = words.name("letter_right", facts.right().code());
        return facts.regime().citation().contains("GDPR")
                ? right + " (GDPR " + words.say("letter_article") + " "
                        + facts.right().article() + ")"
                : right;
    }
}
