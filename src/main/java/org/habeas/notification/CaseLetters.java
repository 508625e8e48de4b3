package org.habeas.notification;

import java.time.LocalDate;
import java.util.List;
import org.habeas.law.Right;
import org.habeas.request.Outcome;
import org.habeas.request.Reasons;
import org.habeas.words.Words;

/** The letters on the way of a request: code, receipt, extension, message, and its end without an answer. */
final class CaseLetters {
    private final Letterhead head;
    private final Words words;

    CaseLetters(Letterhead head, Words words) {
        this.head = head;
        this.words = words;
    }

    /** Nothing but the code: whoever gets it has proven nothing yet and may have asked for nothing. */
    Letter code(String code) {
        return new Draft(head, words)
                .text(code)
                .say("letter_code_use")
                .say("letter_code_secret")
                .say("letter_code_stranger")
                .brief("code", words.say("letter_code_subject"));
    }

    Letter receipt(Facts facts) {
        Draft draft = Draft.hello(head, words)
                .say("letter_receipt_received")
                .list(List.of(
                        words.say("letter_fact_reference", facts.reference().text()),
                        words.say("letter_fact_right", right(facts)),
                        words.say("letter_fact_received", facts.receivedOn()),
                        words.say("letter_fact_due", facts.answerBy())))
                .say("letter_receipt_date_why")
                .list(Reasons.of(facts.deadline(), words))
                .say("letter_receipt_next");
        if (facts.right() == Right.CORRECTION || facts.right() == Right.OBJECTION) {
            draft.say("letter_receipt_restricted");
        }
        if (facts.regime().maxExtensionMonths() > 0) {
            draft.say("letter_receipt_extension");
        }
        return draft.say("letter_follow", head.statusPage(facts.reference()))
                .letter(
                        "receipt",
                        words.say("letter_receipt_subject", facts.reference().text()));
    }

    Letter extension(Facts facts, String reason) {
        return Draft.hello(head, words)
                .say("letter_extension_why", facts.reference().text(), right(facts))
                .text(reason)
                .say("letter_extension_date", facts.answerBy(), facts.due())
                .say("letter_extension_law")
                .remedies()
                .say("letter_follow", head.statusPage(facts.reference()))
                .letter(
                        "extension",
                        words.say("letter_extension_subject", facts.reference().text()));
    }

    /** A fee, why it is asked, and what follows (Article 12(5)(a)); the reason is the officer's. */
    Letter fee(Facts facts, String amount, String ground, String reason) {
        return Draft.hello(head, words)
                .say("letter_fee_asked", facts.reference().text(), right(facts), amount)
                .say("letter_fee_ground", ground)
                .text(reason)
                .say("letter_fee_next")
                .remedies()
                .say("letter_follow", head.statusPage(facts.reference()))
                .letter("fee", words.say("letter_fee_subject", facts.reference().text()));
    }

    /** The data may be used again from that day on (Article 18(3)). */
    Letter restrictionEnding(Facts facts, LocalDate on) {
        return Draft.hello(head, words)
                .say("letter_restriction_ending", facts.reference().text(), on)
                .say("letter_restriction_ending_why")
                .remedies()
                .letter(
                        "restriction_ending",
                        words.say(
                                "letter_restriction_ending_subject",
                                facts.reference().text()));
    }

    /** An officer's message in full; {@code waiting} says that the case stands still until the person answers. */
    Letter message(Facts facts, String text, boolean waiting) {
        Draft draft = Draft.hello(head, words)
                .say("letter_message_says", facts.reference().text(), right(facts))
                .text(text);
        if (waiting) {
            draft.say("letter_message_waiting");
        }
        return draft.say("letter_message_answer", head.statusPage(facts.reference()))
                .letter(
                        "message",
                        words.say("letter_message_subject", facts.reference().text()));
    }

    /** The end of a case that was withdrawn, given up, or is answered in another one. */
    Letter end(Facts facts, Outcome outcome) {
        Draft draft = Draft.hello(head, words);
        switch (outcome) {
            case WITHDRAWN -> draft.say(
                    "letter_end_withdrawn", facts.reference().text(), right(facts));
            case ABANDONED -> draft.say(
                            "letter_end_abandoned", facts.reference().text(), right(facts))
                    .remedies();
            case DUPLICATE -> draft.say(
                    "letter_end_duplicate", facts.reference().text(), right(facts));
            default -> throw new IllegalArgumentException(outcome + " has a letter of its own");
        }
        return draft.say("letter_end_again", head.portal())
                .letter(
                        outcome.code(),
                        words.say("letter_end_subject", facts.reference().text()));
    }

    private String right(Facts facts) {
        return Rights.told(facts, words);
    }
}
