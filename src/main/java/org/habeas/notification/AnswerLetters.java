package org.habeas.notification;

import java.util.List;
import java.util.Optional;
import org.habeas.law.Regime.RefusalPart;
import org.habeas.law.Right;
import org.habeas.request.Answer;
import org.habeas.words.Words;

/** The letters that answer: yes, in part, or no. */
final class AnswerLetters {
    private final Letterhead head;
    private final Words words;

    AnswerLetters(Letterhead head, Words words) {
        this.head = head;
        this.words = words;
    }

    /**
     * What the officers decided. {@code officer} is the text of the one who decided; {@code refusal} is there where
     * something was refused, {@code changes} where data was corrected or erased.
     */
    Letter answer(
            Facts facts,
            Answer answer,
            Optional<String> officer,
            Optional<Refusal> refusal,
            Optional<Changes> changes) {
        return answer == Answer.REFUSE ? refused(facts, refusal.orElseThrow()) : done(facts, officer, refusal, changes);
    }

    private Letter refused(Facts facts, Refusal refusal) {
        Draft draft = Draft.hello(head, words)
                .say("letter_refusal_what", facts.reference().text(), Rights.told(facts, words))
                .ground(refusal.ground())
                .say("letter_refusal_why")
                .text(refusal.why());
        return closing(draft, facts).letter("refusal", subject(facts));
    }

    private Letter done(Facts facts, Optional<String> officer, Optional<Refusal> refusal, Optional<Changes> changes) {
        Draft draft = Draft.hello(head, words)
                .say(
                        refusal.isPresent() ? "letter_answer_partly" : "letter_answer_yes",
                        facts.reference().text(),
                        Rights.told(facts, words));
        if (facts.right().handsOutData()) {
            copy(draft, facts);
        }
        changes.ifPresent(c -> c.tell(facts.right(), draft, words));
        if (facts.right() == Right.ERASURE
                && changes.filter(Changes::keptForATime).isPresent()) {
            draft.say("letter_kept_promise", head.statusPage(facts.reference()) + "/promise");
        }
        if (facts.right() == Right.RESTRICTION) {
            draft.say("letter_restriction");
        }
        if (refusal.isPresent()) {
            draft.say("letter_partly_what")
                    .ground(refusal.get().ground())
                    .say("letter_refusal_why")
                    .text(refusal.get().why());
        } else {
            draft.officer(officer);
        }
        return closing(draft, facts).letter(kind(facts, refusal), subject(facts));
    }

    /** Where the copy is and until when. The data itself never goes by mail. */
    private void copy(Draft draft, Facts facts) {
        if (facts.rowsFound() == 0) {
            draft.say("letter_copy_nothing");
        }
        draft.say("letter_copy_ready", head.statusPage(facts.reference()))
                .list(List.of(
                        words.say("letter_copy_step_open"),
                        words.say("letter_copy_step_code"),
                        words.say("letter_copy_step_download")));
        facts.packageUntil().ifPresent(day -> draft.say("letter_copy_until", day));
        draft.say("letter_copy_files");
        if (facts.right() == Right.PORTABILITY) {
            draft.say("letter_copy_portability");
        }
    }

    private Draft closing(Draft draft, Facts facts) {
        if (facts.regime().refusal().contains(RefusalPart.OWN_COMPLAINT)) {
            draft.say("letter_own_complaint", head.contact());
        }
        return draft.remedies().say("letter_follow_short", head.statusPage(facts.reference()));
    }

    private String subject(Facts facts) {
        return words.say("letter_answer_subject", facts.reference().text());
    }

    private static String kind(Facts facts, Optional<Refusal> refusal) {
        return refusal.isPresent() ? "partly" : facts.right().code();
    }
}
