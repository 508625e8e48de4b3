package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Findings;
import org.habeas.fulfilment.RecipientsToTell;
import org.habeas.law.Right;
import org.habeas.outbox.Mail;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.Restrictions;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.jspecify.annotations.Nullable;

/**
 * Whoever received the person's data is told of correction, erasure and restriction (Article 19), every recipient in the data
 * map of a system that is concerned. By mail where there is an address, else an officer does it; the answers are followed up.
 */
@ApplicationScoped
@Transactional
public class Recipients {
    /** What a recipient is told. */
    public enum What {
        CORRECTION,
        ERASURE,
        RESTRICTION,
        LIFTING;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a recipient answered. */
    public enum Answer {
        DONE,
        IMPOSSIBLE,
        REFUSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One recipient and how far it has come; {@code toldBy} is {@code mail} or the officer who did it. */
    public record Notice(
            UUID id,
            String recipient,
            Optional<String> country,
            Optional<String> contact,
            List<String> systems,
            What what,
            Optional<Instant> toldAt,
            Optional<String> toldBy,
            Optional<Answer> answer,
            Optional<Instant> answeredAt) {}

    private final AgroalDataSource database;
    private final Requests requests;
    private final Restrictions restrictions;
    private final Findings findings;
    private final DataMap map;
    private final Ledger ledger;
    private final Event<RecipientToTell> letters;
    private final Clock clock;

    Recipients(
            AgroalDataSource database,
            Requests requests,
            Restrictions restrictions,
            Findings findings,
            DataMap map,
            Ledger ledger,
            Event<RecipientToTell> letters,
            Clock clock) {
        this.database = database;
        this.requests = requests;
        this.restrictions = restrictions;
        this.findings = findings;
        this.map = map;
        this.ledger = ledger;
        this.letters = letters;
        this.clock = clock;
    }

    void changed(@Observes RecipientsToTell event) {
        What what = event.request().right() == Right.CORRECTION ? What.CORRECTION : What.ERASURE;
        tell(event.request(), what, event.systems());
    }

    /** What was found tells who is concerned. */
    void searched(@Observes RequestEvent.Searched event) {
        if (restrictions.of(event.request()).filter(r -> r.stands()).isPresent()) {
            tell(event.request(), What.RESTRICTION, found(event.request()));
        }
    }

    void restricted(@Observes RequestEvent.Restricted event) {
        if (event.request().state() == State.CLOSED) {
            tell(event.request(), What.RESTRICTION, found(event.request()));
        }
    }

    void lifted(@Observes RequestEvent.RestrictionLifted event) {
        List<String> systems = of(event.request()).stream()
                .filter(n -> n.what() == What.RESTRICTION)
                .flatMap(n -> n.systems().stream())
                .distinct()
                .toList();
        tell(event.request(), What.LIFTING, systems);
    }

    /** The recipients of a case, those of the newest notice last. */
    public List<Notice> of(Reference reference) {
        return of(requests.read(reference));
    }

    /** An officer has told a recipient who cannot be reached by mail. */
    public void told(Reference reference, String notice, Actor officer) {
        RightsRequest request = requests.get(reference);
        change(
                "update recipient_notice set told_at = ?, told_by = ? where request_id = ? and id::text = ? and told_at is null",
                now(),
                officer.name(),
                request.id(),
                notice);
        ledger.append(Act.of("recipient.told", officer).about(request.id()));
    }

    /** Keeps what a recipient answered. */
    public void answered(Reference reference, String notice, @Nullable String answer, Actor officer) {
        Answer given = Arrays.stream(Answer.values())
                .filter(a -> a.code().equals(answer))
                .findFirst()
                .orElseThrow(() -> Invalid.field("answer", "queue_problem_one_of(done | impossible | refused)"));
        RightsRequest request = requests.get(reference);
        change(
                "update recipient_notice set answer = ?, answered_at = ?, officer = ?, told_at = coalesce(told_at, ?),"
                        + " told_by = coalesce(told_by, ?) where request_id = ? and id::text = ?",
                given.name(),
                now(),
                officer.name(),
                now(),
                officer.name(),
                request.id(),
                notice);
        ledger.append(Act.of("recipient.answered", officer).about(request.id()).fact("answer", given.code()));
    }

    private void tell(RightsRequest request, What what, Collection<String> systems) {
        Map<SystemEntry.Recipient, List<String>> concerned = new LinkedHashMap<>();
        systems.stream().flatMap(name -> map.system(name).stream()).forEach(system -> system.recipients()
                .forEach(recipient -> concerned
                        .computeIfAbsent(recipient, r -> new ArrayList<>())
                        .add(system.name())));
        concerned.forEach((recipient, theirs) -> tell(request, what, recipient, theirs));
    }

    private void tell(RightsRequest request, What what, SystemEntry.Recipient recipient, List<String> systems) {
        Optional<String> address = recipient.contact().filter(Mail::deliverable);
        String sql =
                "insert into recipient_notice (id, request_id, recipient, country, contact, systems, what, made_at,"
                        + " told_at, told_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
        int made = update(
                sql,
                UUID.randomUUID(),
                request.id(),
                recipient.name(),
                recipient.country().orElse(null),
                recipient.contact().orElse(null),
                String.join("\n", systems),
                what.name(),
                now(),
                address.map(a -> now()).orElse(null),
                address.map(a -> "mail").orElse(null));
        if (made == 1) {
            address.ifPresent(to -> letters.fire(new RecipientToTell(request, what, recipient.name(), to, systems)));
        }
    }

    private List<String> found(RightsRequest request) {
        return findings.systems(request.id()).stream()
                .filter(s -> s.rows() > 0)
                .map(Findings.FoundSystem::system)
                .toList();
    }

    List<Notice> of(RightsRequest request) {
        List<Notice> notices = new ArrayList<>();
        String sql = "select id, recipient, country, contact, systems, what, told_at, told_by, answer, answered_at from"
                + " recipient_notice where request_id = ? order by made_at, what, recipient, id";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, request.id());
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    notices.add(new Notice(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            Optional.ofNullable(row.getString(3)),
                            Optional.ofNullable(row.getString(4)),
                            List.of(row.getString(5).split("\n")),
                            What.valueOf(row.getString(6)),
                            Optional.ofNullable(row.getTimestamp(7)).map(java.sql.Timestamp::toInstant),
                            Optional.ofNullable(row.getString(8)),
                            Optional.ofNullable(row.getString(9)).map(Answer::valueOf),
                            Optional.ofNullable(row.getTimestamp(10)).map(java.sql.Timestamp::toInstant)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("recipients cannot be read", e);
        }
        return notices;
    }

    /** What they are called on a page. */
    String titles(Notice notice) {
        return notice.systems().stream()
                .map(name -> map.system(name).map(SystemEntry::title).orElse(name))
                .collect(Collectors.joining(", "));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void change(String sql, Object... values) {
        if (update(sql, values) == 0) {
            throw new NotFound("case_problem_recipient");
        }
    }

    private int update(String sql, @Nullable Object... values) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) {
                    update.setNull(i + 1, java.sql.Types.NULL);
                } else {
                    update.setObject(i + 1, values[i]);
                }
            }
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a recipient cannot be written", e);
        }
    }
}
