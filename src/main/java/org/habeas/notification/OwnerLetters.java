package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.datamap.DataMap;
import org.habeas.outbox.Mail;
import org.habeas.owner.OwnerWritten;
import org.habeas.request.RightsRequest;
import org.habeas.words.Words;

/** Writes to the owners of systems that are kept by hand. Says nothing about the person: that stands behind the code. */
@ApplicationScoped
class OwnerLetters {
    private final Postman postman;
    private final DataMap map;

    OwnerLetters(Postman postman, DataMap map) {
        this.postman = postman;
        this.map = map;
    }

    void written(@Observes OwnerWritten event) {
        if (!Mail.deliverable(event.to())) {
            return;
        }
        RightsRequest request = event.request();
        Words words = Words.of(map.organisation().languages().get(0));
        String title = map.system(event.system()).orElseThrow().title();
        Letter letter =
                switch (event.kind()) {
                    case TASK -> letter(words, "task", title, words.say("letter_owner_task", title, event.link()));
                    case REMINDER -> letter(
                            words, "reminder", title, words.say("letter_owner_reminder", title, event.link()));
                    case CODE -> letter(
                            words,
                            "code",
                            title,
                            words.say("letter_owner_code", event.code().orElseThrow()));
                    case ESCALATION -> letter(
                            words,
                            "escalation",
                            title,
                            words.say(
                                    "letter_owner_escalation",
                                    title,
                                    request.reference().text()));
                };
        postman.post(request, event.to(), letter);
    }

    private static Letter letter(Words words, String kind, String title, String text) {
        return new Letter("owner_" + kind, words.say("letter_owner_" + kind + "_subject", title), text);
    }
}
