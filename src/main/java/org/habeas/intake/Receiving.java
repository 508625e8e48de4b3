package org.habeas.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.habeas.request.Behalf;
import org.habeas.request.Channel;
import org.habeas.request.Correction;
import org.habeas.request.EmailAddress;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.words.Words;
import org.jspecify.annotations.Nullable;

/** Turns what was typed into a receipt, or says all that is wrong with it. Looks nobody up. */
@ApplicationScoped
class Receiving {
    /** Stands for every company of the group. */
    private static final String ALL = "all";

    private static final int LINE = 200;
    private static final int VALUE = 2_000;
    private static final int MESSAGE = 10_000;
    private static final int MOST_IDENTIFIERS = 20;
    private static final int MOST_CORRECTIONS = 50;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private final Organisation organisation;
    private final Clock clock;

    Receiving(DataMap map, Clock clock) {
        this.organisation = map.organisation();
        this.clock = clock;
    }

    /** When it came in: the day counts in the organisation's zone. */
    private record Arrival(Instant at, LocalDate on) {}

    /** What the person herself sends now: a receipt for each company that she asks. */
    List<Receipt> fromPerson(Filing filing, @Nullable String acceptLanguage) {
        Check check = new Check();
        Instant now = clock.instant();
        return receipts(filing, acceptLanguage, Channel.PORTAL, new Arrival(now, day(now)), check);
    }

    /** What came in by another way and is typed in by staff: a receipt for each wish in it and each company. */
    List<Receipt> fromStaff(Filing filing, @Nullable String acceptLanguage) {
        if (filing.rights() != null && filing.rights().size() > Right.values().length) {
            throw Invalid.field("rights", "intake_right(" + Right.codes().replace(", ", " | ") + ")");
        }
        return filing.wishes().stream()
                .flatMap(wish -> wish(wish, acceptLanguage).stream())
                .toList();
    }

    private List<Receipt> wish(Filing filing, @Nullable String acceptLanguage) {
        Check check = new Check();
        Channel channel = check.present(
                Channel.of(String.valueOf(filing.channel())).filter(c -> c != Channel.PORTAL),
                "channel",
                "intake_channel(" + staffChannels() + ")");
        Arrival arrival = check.of(() -> arrival(filing.receivedAt()));
        return receipts(filing, acceptLanguage, channel, arrival, check);
    }

    private List<Receipt> receipts(
            Filing filing, String acceptLanguage, Channel channel, Arrival arrival, Check check) {
        Right right = check.present(
                Right.of(String.valueOf(filing.right())),
                "right",
                "intake_right(" + Right.codes().replace(", ", " | ") + ")");
        List<Organisation.Company> companies = companies(filing.companies(), check);
        String language = language(filing.language(), acceptLanguage, check);
        // whoever writes a letter or calls may have no e-mail address, but then we must know her name
        boolean named = channel != Channel.PORTAL
                && filing.name() != null
                && !filing.name().isBlank();
        List<Identifier> identifiers = identifiers(filing.identifiers(), !named, check);
        Particulars particulars = new Particulars(
                check.of(() -> Text.line("name", filing.name(), LINE)),
                check.of(() -> Text.clean("message", filing.message(), MESSAGE)),
                corrections(filing.corrections(), right, check),
                behalf(filing.onBehalfOf(), check));
        check.done();
        return companies.stream()
                .map(company -> new Receipt(
                        right,
                        company.id(),
                        company.regime().orElse(organisation.regime()),
                        channel,
                        language,
                        arrival.at(),
                        arrival.on(),
                        identifiers,
                        particulars))
                .toList();
    }

    /** Who is meant must be named. */
    private static @Nullable Behalf behalf(Filing.@Nullable OnBehalfOf typed, Check check) {
        if (typed == null) {
            return null;
        }
        Behalf.Relation relation = check.present(
                Behalf.Relation.of(String.valueOf(typed.relation())),
                "on_behalf_of.relation",
                "intake_relation(agent | parent | guardian | estate)");
        String at = "on_behalf_of.name";
        String name = check.of(() -> Text.required(at, Text.line(at, typed.name(), LINE)));
        String email = typed.email() == null || typed.email().isBlank()
                ? null
                : typed.email().strip();
        if (email != null && EmailAddress.of(email).isEmpty()) {
            check.add("on_behalf_of.email", "intake_email");
        }
        return relation == null || name == null ? null : new Behalf(relation, name, email);
    }

    /** The companies that are asked: those named, {@link #ALL}, or the first where nobody is named. */
    private List<Organisation.Company> companies(List<String> ids, Check check) {
        List<Organisation.Company> all = organisation.companies();
        if (ids.isEmpty()) {
            return all.subList(0, 1);
        } else if (ids.contains(ALL) && organisation.company(ALL).isEmpty()) {
            return all;
        }
        String known = all.stream().map(Organisation.Company::id).collect(Collectors.joining(" | "));
        return ids.stream()
                .distinct()
                .limit(all.size() + 1L)
                .map(id -> check.present(
                        organisation.company(String.valueOf(id)), "organisation", "intake_organisation(" + known + ")"))
                .toList();
    }

    private String language(@Nullable String code, @Nullable String acceptLanguage, Check check) {
        List<String> offered = organisation.languages();
        if (code == null || code.isBlank()) {
            return Words.best(acceptLanguage, offered);
        }
        return check.present(
                offered.stream().filter(code::equals).findFirst(),
                "language",
                "intake_language(" + String.join(" | ", offered) + ")");
    }

    private static List<Identifier> identifiers(@Nullable Map<String, String> typed, boolean needsEmail, Check check) {
        Map<String, String> given = typed == null ? Map.of() : typed;
        List<Identifier> found = new ArrayList<>();
        if (given.size() > MOST_IDENTIFIERS) {
            check.add("identifiers", "intake_identifiers_many(" + MOST_IDENTIFIERS + ")");
            return found;
        }
        String field = "identifiers." + Identifier.EMAIL;
        String email = check.of(() -> {
            String line = Text.line(field, given.get(Identifier.EMAIL), 254);
            return needsEmail ? Text.required(field, line) : line;
        });
        if (email != null && !email.isBlank()) {
            EmailAddress address = check.present(EmailAddress.of(email), field, "intake_email");
            if (address != null) {
                found.add(new Identifier(Identifier.EMAIL, address.text(), false));
            }
        }
        given.forEach((kind, value) -> {
            if (!kind.equals(Identifier.EMAIL)) {
                hint(kind, value, check).ifPresent(found::add);
            }
        });
        return found;
    }

    /** Something else that may identify the person; what was left empty is no hint. */
    private static Optional<Identifier> hint(String kind, @Nullable String typed, Check check) {
        if (!kind.matches("[a-z][a-z0-9_]{0,39}")) {
            check.add("identifiers", "intake_identifier_kind");
            return Optional.empty();
        }
        String value = check.of(() -> Text.line("identifiers." + kind, typed, LINE));
        return Optional.ofNullable(value).filter(v -> !v.isBlank()).map(v -> new Identifier(kind, v, false));
    }

    private static List<Correction> corrections(
            @Nullable List<Filing.Wrong> typed, @Nullable Right right, Check check) {
        List<Filing.Wrong> given = typed == null ? List.of() : typed;
        if (!given.isEmpty() && right != null && right != Right.CORRECTION) {
            check.add("corrections", "intake_corrections_right");
            return List.of();
        }
        if (given.size() > MOST_CORRECTIONS) {
            check.add("corrections", "intake_corrections_many(" + MOST_CORRECTIONS + ")");
            return List.of();
        }
        List<Correction> found = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            found.add(correction("corrections[" + i + "].", given.get(i), check));
        }
        return found.contains(null) ? List.of() : found;
    }

    private static @Nullable Correction correction(String at, Filing.@Nullable Wrong wrong, Check check) {
        if (wrong == null) {
            check.add(at + "field", "problem_text_required");
            return null;
        }
        String field = check.of(() -> Text.required(at + "field", Text.line(at + "field", wrong.field(), LINE)));
        String to = check.of(() -> {
            if (wrong.to() == null) {
                throw Invalid.field(at + "to", "problem_text_required");
            }
            return Text.clean(at + "to", wrong.to(), VALUE);
        });
        return new Correction(
                check.of(() -> Text.line(at + "system", wrong.system(), LINE)),
                check.of(() -> Text.line(at + "collection", wrong.collection(), LINE)),
                field,
                check.of(() -> Text.clean(at + "from", wrong.from(), VALUE)),
                to);
    }

    private Arrival arrival(@Nullable String typed) {
        Instant now = clock.instant();
        if (typed == null || typed.isBlank()) {
            return new Arrival(now, day(now));
        }
        Arrival arrival = parsed(typed.strip());
        if (arrival.at().isAfter(now)) {
            throw Invalid.field("received_at", "intake_received_future");
        }
        if (arrival.on().isBefore(EARLIEST)) {
            throw Invalid.field("received_at", "intake_received_past");
        }
        return arrival;
    }

    private Arrival parsed(String typed) {
        try {
            if (typed.matches("\\d{4}-\\d{2}-\\d{2}")) {
                LocalDate day = LocalDate.parse(typed);
                return new Arrival(day.atStartOfDay(organisation.zone()).toInstant(), day);
            }
            Instant at = OffsetDateTime.parse(typed).toInstant();
            return new Arrival(at, day(at));
        } catch (DateTimeException e) {
            throw Invalid.field("received_at", "intake_received_form");
        }
    }

    private LocalDate day(Instant at) {
        return at.atZone(organisation.zone()).toLocalDate();
    }

    private static String staffChannels() {
        return Arrays.stream(Channel.values())
                .filter(c -> c != Channel.PORTAL)
                .map(Channel::code)
                .collect(Collectors.joining(" | "));
    }
}
