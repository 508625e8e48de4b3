package org.habeas.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.law.Ground;
import org.habeas.words.Words;

/** A letter being written, paragraph by paragraph, in the words of its reader. */
final class Draft {
    private final Letterhead head;
    private final Words words;
    private final List<String> paragraphs = new ArrayList<>();

    Draft(Letterhead head, Words words) {
        this.head = head;
        this.words = words;
    }

    static Draft hello(Letterhead head, Words words) {
        return new Draft(head, words).say("letter_greeting");
    }

    /** A paragraph out of the words. */
    Draft say(String key, Object... arguments) {
        return text(words.say(key, arguments));
    }

    /** A paragraph as it stands, such as the words of an officer. */
    Draft text(String paragraph) {
        paragraphs.add(paragraph.strip());
        return this;
    }

    /** Points, one a line. */
    Draft list(List<String> points) {
        if (!points.isEmpty()) {
            paragraphs.add("- " + String.join("\n- ", points));
        }
        return this;
    }

    /** The officer's own words to the person, where there are any. */
    Draft officer(Optional<String> words) {
        words.filter(w -> !w.isBlank())
                .ifPresent(w -> say("letter_officer_writes").text(w));
        return this;
    }

    /** The ground of a decision with its article or statute. */
    Draft ground(Ground ground) {
        return say("letter_ground", ground.title(words.language()), cited(ground.citation(), words));
    }

    /** Articles 77 to 79: authority and court, in every answer that is not a full yes. */
    Draft remedies() {
        return say("letter_complaint", head.authority()).say("letter_court");
    }

    /** Closes the letter with the name of the company and the foot. */
    Letter letter(String kind, String subject) {
        return closed(kind, subject, head.foot(words));
    }

    /** The same with no more at its foot than a stranger needs. */
    Letter brief(String kind, String subject) {
        return closed(kind, subject, head.shortFoot(words));
    }

    private Letter closed(String kind, String subject, String foot) {
        return new Letter(kind, subject, String.join("\n\n", paragraphs) + "\n\n-- \n" + foot + "\n");
    }

    /** Citations of the regulation are kept in English; a reader in another language gets its word for "Article". */
    static String cited(String citation, Words words) {
        return citation.replaceAll("\\bArticles?\\b", words.say("letter_article"))
                .replaceAll("first paragraph \\((\\w)\\)", words.say("letter_first_paragraph", "$1"))
                .replace(" and ", " " + words.say("letter_and") + " ");
    }
}
