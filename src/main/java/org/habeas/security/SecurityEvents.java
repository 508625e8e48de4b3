package org.habeas.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.limit.Rate;
import org.habeas.policy.Disclosures;
import org.habeas.problem.Invalid;
import org.habeas.problem.SecurityEvent.Kind;
import org.habeas.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * Security events for an administrator's eyes, and for those to whom evidence is given. Whoever reads them stands in the
 * history, and whoever gives them away in the register of disclosures too.
 */
@ApplicationScoped
class SecurityEvents {
    private static final int VALUE = 254;
    private static final int PAGE = 100;
    private static final int MOST_EXPORTED = 100_000;
    /** How long single minutes are kept: alarms look back no further. */
    private static final Duration MINUTES = Duration.ofHours(25);

    private final SecurityTable table;
    private final Alarms alarms;
    private final Pseudonyms pseudonyms;
    private final Watch watch;
    private final Disclosures disclosures;
    private final Ledger ledger;
    private final Organisation organisation;
    private final Clock clock;

    SecurityEvents(
            SecurityTable table,
            Alarms alarms,
            Pseudonyms pseudonyms,
            Watch watch,
            Disclosures disclosures,
            Ledger ledger,
            DataMap map,
            Clock clock) {
        this.table = table;
        this.alarms = alarms;
        this.pseudonyms = pseudonyms;
        this.watch = watch;
        this.disclosures = disclosures;
        this.ledger = ledger;
        this.organisation = map.organisation();
        this.clock = clock;
    }

    /** A page of lines, the last seen first; {@code next} is where it goes on. */
    record Page(List<SecurityTable.Line> lines, Optional<String> next) {}

    /** How many there were of a kind in the last day, and what it takes for an alarm. */
    record Today(Kind kind, long seen, Rate rate) {
        public long minutes() {
            return Math.max(1, rate.per().toMinutes());
        }
    }

    /** A file of evidence, and the disclosure that says to whom it was given. */
    record Export(byte[] csv, String name, String disclosure) {}

    Page read(EventFilter filter, @Nullable String after, Actor reader) {
        watch.keep();
        return page(filter, after, reader);
    }

    @Transactional
    Page page(EventFilter filter, @Nullable String after, Actor reader) {
        EventFilter.Condition condition = filter.condition(zone(), after);
        ledger.append(Act.of("security.read", reader)
                .fact("kind", filter.kind().map(Kind::code).orElse(null))
                .fact("who", filter.who().orElse(null)));
        List<SecurityTable.Line> lines = table.lines(condition.sql(), condition.values(), PAGE + 1);
        return lines.size() <= PAGE
                ? new Page(lines, Optional.empty())
                : new Page(lines.subList(0, PAGE), Optional.of(EventFilter.after(lines.get(PAGE - 1))));
    }

    @Transactional
    List<Alarms.Alarm> alarms(Actor reader) {
        ledger.append(Act.of("security.read", reader).fact("part", "alarms"));
        return alarms.latest();
    }

    /** Beside a page that was read. */
    @Transactional
    List<Alarms.Alarm> alarms() {
        return alarms.latest();
    }

    /** Every kind, with how many there were in the last 24 hours. */
    @Transactional
    List<Today> today() {
        Map<Kind, Long> seen = table.since(clock.instant().minus(Duration.ofDays(1)));
        List<Today> today = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            today.add(new Today(kind, seen.getOrDefault(kind, 0L), alarms.rate(kind)));
        }
        return today;
    }

    /** What stands for a network address, an account or a reference, for instance one that an authority names. */
    @Transactional
    String pseudonym(@Nullable String value, Actor reader) {
        String pseudonym = pseudonyms.of(Text.required("value", Text.line("value", value, VALUE)));
        ledger.append(Act.of("security.looked-up", reader).fact("who", pseudonym));
        return pseudonym;
    }

    /** Gives the events that match away; recorded as a disclosure, with the file's SHA-256 in the history. */
    Export export(EventFilter filter, Receiver receiver, Actor by) {
        watch.keep();
        return give(filter, receiver, by);
    }

    @Transactional
    Export give(EventFilter filter, Receiver receiver, Actor by) {
        EventFilter.Condition condition = filter.condition(zone(), null);
        List<SecurityTable.Line> lines = table.lines(condition.sql(), condition.values(), MOST_EXPORTED + 1);
        if (lines.size() > MOST_EXPORTED) {
            throw Invalid.field("from", "security_export_many(" + MOST_EXPORTED + ")");
        }
        byte[] csv = csv(lines).getBytes(StandardCharsets.UTF_8);
        String digest = sha256(csv);
        var disclosure = disclosures.recordOfNobody(
                receiver.recipient(),
                receiver.authority(),
                receiver.what() + " (" + lines.size() + ", SHA-256 " + digest + ")",
                receiver.ground(),
                receiver.disclosedOn(),
                by,
                Map.of("security_events", lines.size(), "sha256", digest));
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone());
        return new Export(
                csv, "habeas-security-" + today + ".csv", disclosure.id().toString());
    }

    /** To whom evidence is given, on which ground, when; {@code what} in the words of whoever gives it. */
    record Receiver(
            @Nullable String recipient,
            boolean authority,
            String what,
            @Nullable String ground,
            @Nullable String disclosedOn) {}

    /** Every cell is a code, a number, an instant, a pseudonym or an endpoint: nothing that a spreadsheet would run. */
    private static String csv(List<SecurityTable.Line> lines) {
        StringBuilder csv = new StringBuilder("kind,first_at,last_at,seen,client,about,place\r\n");
        for (SecurityTable.Line line : lines) {
            csv.append(String.join(
                            ",",
                            line.kind().code(),
                            line.first().toString(),
                            line.last().toString(),
                            String.valueOf(line.seen()),
                            line.client(),
                            line.about(),
                            '"' + line.place().replace("\"", "\"\"") + '"'))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what is older than organisation.yml lets it be. */
    @Transactional
    int forget() {
        Instant now = clock.instant();
        int gone = table.forget(
                now.atZone(zone()).minus(organisation.ownRecords().security()).toInstant(), now.minus(MINUTES));
        if (gone > 0) {
            ledger.append(Act.of("security.forgotten", Actor.system("security")).fact("lines", gone));
        }
        return gone;
    }

    private ZoneId zone() {
        return organisation.zone();
    }
}
