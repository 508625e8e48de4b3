package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.policy.NoticeDue;
import org.habeas.policy.PolicyVersion;
import org.habeas.words.Words;

/** The mail about a different use: what changes, from when, and the link on which one says yes or no. */
@ApplicationScoped
class NoticeLetters {
    private final Outbox outbox;
    private final Organisation organisation;
    private final String portal;

    NoticeLetters(Outbox outbox, DataMap map, @ConfigProperty(name = "habeas.public-url") String portal) {
        this.outbox = outbox;
        this.organisation = map.organisation();
        this.portal = portal;
    }

    void due(@Observes NoticeDue notice) {
        Letter letter = letter(notice, language(notice));
        outbox.postOnce(
                notice.id(),
                Mail.to(notice.address(), letter.subject(), letter.text()).from(organisation.contact()));
    }

    /** Her own, where the map knows it and the organisation speaks it; else the organisation's first. */
    private String language(NoticeDue notice) {
        List<String> spoken = organisation.languages();
        return Words.best(notice.language(), spoken);
    }

    private Letter letter(NoticeDue notice, String language) {
        Words words = Words.of(language).in(organisation.zone());
        PolicyVersion version = notice.version();
        Letterhead head = Letterhead.of(organisation, "", portal);
        Draft draft = Draft.hello(head, words)
                .say("notice_lead", organisation.name(), version.validFrom())
                .text(version.text(language).change());
        if (!notice.purposes().isEmpty()) {
            draft.say("notice_purposes")
                    .list(notice.purposes().stream().map(this::title).toList());
        }
        return draft.say("notice_choose", notice.link())
                .say("notice_silence")
                .say("notice_read", head.portal() + "/policy/" + version.shownNumber())
                .letter("notice", words.say("notice_subject", organisation.name()));
    }

    private String title(String purpose) {
        return organisation.purpose(purpose).map(Organisation.Purpose::title).orElse(purpose);
    }
}
