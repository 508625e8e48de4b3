package org.habeas.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.outbox.Webhooks;
import org.habeas.security.AlarmRaised;
import org.habeas.words.Words;

/**
 * Tells of more security events than there should be: by mail ({@code HABEAS_SECURITY_MAIL}) and as JSON to an address
 * ({@code HABEAS_SECURITY_WEBHOOK}). Kind and number only; who it was is for an administrator to look at.
 */
@ApplicationScoped
class SecurityAlarms {
    private static final String PURPOSE = "security";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Outbox outbox;
    private final Webhooks webhooks;
    private final Organisation organisation;
    private final Optional<String> mailbox;
    private final String portal;

    SecurityAlarms(
            Outbox outbox,
            Webhooks webhooks,
            DataMap map,
            @ConfigProperty(name = "habeas.security-mail") Optional<String> mailbox,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.organisation = map.organisation();
        this.mailbox = mailbox;
        this.portal = portal;
    }

    void tell(@Observes AlarmRaised alarm) {
        mailbox.filter(Mail::deliverable).ifPresent(to -> outbox.post(letter(to, alarm)));
        if (webhooks.named(PURPOSE)) {
            webhooks.post(PURPOSE, alarm.kind().code(), "application/json", json(alarm));
        }
    }

    private Mail letter(String to, AlarmRaised alarm) {
        Words words = Words.of(organisation.languages().get(0)).in(organisation.zone());
        String kind = words.name("security_kind", alarm.kind().code());
        String text = words.say(
                "security_alarm_text",
                kind,
                alarm.seen(),
                words.say(
                        "security_rate_words",
                        alarm.rate().count(),
                        Math.max(1, alarm.rate().per().toMinutes())),
                words.moment(alarm.at()),
                portal + "/security?kind=" + alarm.kind().code());
        return Mail.to(to, words.say("security_alarm_subject", organisation.name(), kind), text + "\n")
                .from(organisation.contact());
    }

    private static String json(AlarmRaised alarm) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "kind", alarm.kind().code(),
                    "seen", alarm.seen(),
                    "rate", alarm.rate().toString(),
                    "at", alarm.at().toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
