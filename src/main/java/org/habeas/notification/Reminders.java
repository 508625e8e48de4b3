package org.habeas.notification;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.StaffAddresses;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.law.Regimes;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.words.Words;

/**
 * One mail a working day to each officer who has something to do: what is late, due soon or waiting for her, and which holds
 * to look at again. It names cases by their references; nothing of a person goes into it.
 */
@ApplicationScoped
class Reminders {
    private static final LocalTime MORNING = LocalTime.of(6, 0);
    private static final int MOST_LINES = 20;

    private final ToDo toDo;
    private final StaffAddresses addresses;
    private final Outbox outbox;
    private final AgroalDataSource database;
    private final Organisation organisation;
    private final Clock clock;
    private final String publicUrl;

    Reminders(
            ToDo toDo,
            StaffAddresses addresses,
            Outbox outbox,
            AgroalDataSource database,
            DataMap map,
            Clock clock,
            @ConfigProperty(name = "habeas.public-url") String publicUrl) {
        this.toDo = toDo;
        this.addresses = addresses;
        this.outbox = outbox;
        this.database = database;
        this.organisation = map.organisation();
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** Sends what this morning has not sent yet. */
    void send() {
        ZonedDateTime now = clock.instant().atZone(organisation.zone());
        if (!now.toLocalTime().isBefore(MORNING)) {
            send(now.toLocalDate());
        }
    }

    /** Sends this day's mails, once, however often and on however many replicas it is asked. */
    void send(LocalDate day) {
        if (!Regimes.named(organisation.regime()).workingDays().isWorkingDay(day)) {
            return;
        }
        for (StaffAddresses.Address officer : addresses.all()) {
            if (Mail.deliverable(officer.email())) {
                QuarkusTransaction.requiringNew().run(() -> remind(officer, day));
            }
        }
    }

    private void remind(StaffAddresses.Address officer, LocalDate day) {
        List<ToDo.Part> parts = toDo.of(officer.account(), day);
        if (parts.isEmpty() || !first(officer.account(), day)) {
            return;
        }
        String language = officer.language()
                .filter(Words.languages()::contains)
                .orElse(organisation.languages().get(0));
        Words words = Words.of(language).in(organisation.zone());
        outbox.post(Mail.to(officer.email(), words.say("reminder_subject", count(parts)), text(parts, words))
                .from(organisation.contact())
                .until(day.plusDays(1).atStartOfDay(organisation.zone()).toInstant())
                .inPlaceOf("reminder:" + officer.account()));
    }

    private String text(List<ToDo.Part> parts, Words words) {
        StringBuilder text = new StringBuilder(words.say("reminder_lead")).append('\n');
        for (ToDo.Part part : parts) {
            text.append('\n')
                    .append(words.say(
                            "reminder_" + part.kind().code(), part.items().size()))
                    .append('\n');
            part.items().stream()
                    .limit(MOST_LINES)
                    .forEach(item -> text.append("- ").append(line(item, words)).append('\n'));
            if (part.items().size() > MOST_LINES) {
                text.append("- ")
                        .append(words.say("reminder_more", part.items().size() - MOST_LINES))
                        .append('\n');
            }
        }
        return text.append('\n')
                .append(words.say("reminder_end", publicUrl + "/cases"))
                .append('\n')
                .toString();
    }

    private static String line(ToDo.Item item, Words words) {
        Optional<String> right = item.right().map(r -> words.name("right", r));
        return right.map(r -> words.say("reminder_case", item.name(), r, words.date(item.day())))
                .orElseGet(() -> words.say("reminder_hold", words.date(item.day())));
    }

    private static int count(List<ToDo.Part> parts) {
        return parts.stream().mapToInt(part -> part.items().size()).sum();
    }

    /** Whether nobody has reminded this officer today. */
    private boolean first(String account, LocalDate day) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into reminder (account, day) values (?, ?) on conflict do nothing")) {
            insert.setString(1, account);
            insert.setObject(2, day);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("a reminder cannot be noted", e);
        }
    }
}
