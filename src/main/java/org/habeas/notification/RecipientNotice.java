package org.habeas.notification;

import java.util.List;
import java.util.stream.Collectors;
import org.habeas.casework.Recipients;
import org.habeas.datamap.SystemEntry;
import org.habeas.words.Words;

/** To somebody who received data that was corrected, erased or restricted (Article 19). Names the person by her address alone. */
final class RecipientNotice {
    private RecipientNotice() {}

    static Letter write(
            Letterhead head,
            Words words,
            Facts facts,
            Recipients.What told,
            String person,
            List<SystemEntry> systems,
            List<String> fields) {
        String what = told.code();
        Draft draft = Draft.hello(head, words)
                .say("letter_notice_" + what, head.company())
                .list(List.of(
                        words.say("letter_fact_reference", facts.reference().text()),
                        words.say("letter_notice_person", person),
                        words.say(
                                "letter_notice_systems",
                                systems.stream().map(SystemEntry::title).collect(Collectors.joining(", ")))));
        if (!fields.isEmpty()) {
            draft.say("letter_notice_fields", String.join(", ", fields));
        }
        return draft.say("letter_notice_do_" + what, head.contact())
                .letter(
                        "notice",
                        words.say("letter_notice_subject", facts.reference().text()));
    }
}
