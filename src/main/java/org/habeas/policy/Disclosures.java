package org.habeas.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.law.Grounds;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.problem.Invalid.Violation;
import org.habeas.problem.Text;
import org.habeas.vault.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Who was given a person's data, on which ground and when: recorded by an officer, and part of an answer to her request
 * for access (Article 15(1)(c)) unless a ground forbids telling it.
 */
@ApplicationScoped
@Transactional
public class Disclosures {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LINE = 200;
    private static final int TEXT = 2_000;
    private static final int MOST = 200;
    private static final String SELECT = "select d.id, d.key_id, d.sealed, d.authority, d.disclosed_on, d.withheld,"
            + " d.recorded_by, d.recorded_at from disclosure d ";

    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final DataMap map;
    private final Clock clock;

    Disclosures(AgroalDataSource database, Vault vault, Ledger ledger, DataMap map, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.map = map;
        this.clock = clock;
    }

    /** As typed; {@code withheld} is a ground's code or nothing. */
    record Typed(
            @Nullable Map<String, String> identifiers,
            @Nullable String recipient,
            boolean authority,
            @Nullable String what,
            @Nullable String ground,
            @Nullable String disclosedOn,
            @Nullable String withheld) {
        @Override
        public String toString() {
            return "Typed[…]";
        }
    }

    private record Sealed(String recipient, String what, String ground) {}

    /** Writes a disclosure down, or says all that is wrong with it. */
    Disclosure record(Typed typed, Actor officer) {
        List<Violation> wrong = new ArrayList<>();
        Map<String, String> identifiers = identifiers(typed.identifiers(), wrong);
        Disclosure made = record(typed, wrong, officer, Map.of());
        identifiers.forEach((kind, value) -> person(made.id(), vault.identifierHash(kind, value)));
        return made;
    }

    /** Writes down that something was given away which names nobody, so that it is part of no person's copy. */
    public Disclosure recordOfNobody(
            @Nullable String recipient,
            boolean authority,
            String what,
            @Nullable String ground,
            @Nullable String disclosedOn,
            Actor by,
            Map<String, Object> facts) {
        return record(
                new Typed(Map.of(), recipient, authority, what, ground, disclosedOn, null),
                new ArrayList<>(),
                by,
                facts);
    }

    private Disclosure record(Typed typed, List<Violation> wrong, Actor by, Map<String, Object> facts) {
        Sealed told = new Sealed(
                text("recipient", typed.recipient(), LINE, wrong),
                text("what", typed.what(), TEXT, wrong),
                text("ground", typed.ground(), TEXT, wrong));
        Optional<LocalDate> day = day(typed.disclosedOn(), wrong);
        Optional<String> withheld = Optional.ofNullable(typed.withheld()).filter(w -> !w.isBlank());
        if (withheld.isPresent() && !forbidding().contains(withheld.get())) {
            wrong.add(new Violation("withheld", "disclosure_withheld_unknown"));
        }
        if (!wrong.isEmpty()) {
            throw new Invalid(wrong);
        }
        UUID id = insert(told, typed.authority(), day.orElseThrow(), withheld, by);
        Act act = Act.of("disclosure.recorded", by)
                .fact("disclosure", id)
                .fact("authority", typed.authority())
                .fact("disclosed_on", day.orElseThrow())
                .fact("withheld", withheld.orElse(null));
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            act = act.fact(fact.getKey(), fact.getValue());
        }
        ledger.append(act);
        return list(SELECT + "where d.id = ?", id).get(0);
    }

    /** The grounds on which a person may be kept from hearing of it: those of a refused access under the law that applies. */
    List<String> forbidding() {
        return Grounds.allowed(Right.ACCESS, "refuse", map.organisation().regime()).stream()
                .map(org.habeas.law.Ground::code)
                .toList();
    }

    /** The last ones, the newest first, for an officer's eyes. */
    List<Disclosure> latest(Actor reader) {
        ledger.append(Act.of("disclosures.listed", reader));
        return list(SELECT + "order by d.disclosed_on desc, d.id limit " + MOST);
    }

    /** All about somebody who is known by these identifiers' hashes, the oldest first. */
    public List<Disclosure> about(List<String> people) {
        return list(
                SELECT + "where exists (select 1 from disclosure_person p where p.disclosure = d.id and p.person ="
                        + " any(?)) order by d.disclosed_on, d.id",
                (Object) people.toArray(String[]::new));
    }

    List<Disclosure> about(String kind, String value, Actor reader) {
        ledger.append(Act.of("disclosures.listed", reader));
        return about(List.of(vault.identifierHash(kind, value)));
    }

    /** Forgets what was given away before that day, with its key. */
    int forget(LocalDate before) {
        List<UUID> keys = new ArrayList<>();
        try (var connection = database.getConnection();
                var persons = connection.prepareStatement(
                        "delete from disclosure_person p using disclosure d where d.id = p.disclosure and d.disclosed_on < ?");
                var delete =
                        connection.prepareStatement("delete from disclosure where disclosed_on < ? returning key_id")) {
            persons.setObject(1, before);
            delete.setObject(1, before);
            persons.executeUpdate();
            try (var rows = delete.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("disclosures cannot be forgotten", e);
        }
        keys.forEach(vault::shred);
        if (!keys.isEmpty()) {
            ledger.append(
                    Act.of("disclosures.forgotten", Actor.system("policy")).fact("disclosures", keys.size()));
        }
        return keys.size();
    }

    private static Map<String, String> identifiers(@Nullable Map<String, String> typed, List<Violation> wrong) {
        Map<String, String> identifiers = new TreeMap<>();
        (typed == null ? Map.<String, String>of() : typed).forEach((kind, value) -> {
            String clean = value == null || value.isBlank() ? "" : text("identifiers." + kind, value, LINE, wrong);
            if (!clean.isBlank()) {
                identifiers.put(kind, clean);
            }
        });
        if (identifiers.isEmpty() && wrong.isEmpty()) {
            wrong.add(new Violation("identifiers.email", "disclosure_person_missing"));
        }
        return identifiers;
    }

    private static String text(String field, @Nullable String typed, int longest, List<Violation> wrong) {
        try {
            return Text.required(field, Text.clean(field, typed, longest));
        } catch (Invalid invalid) {
            wrong.addAll(invalid.violations());
            return "";
        }
    }

    private Optional<LocalDate> day(@Nullable String typed, List<Violation> wrong) {
        try {
            LocalDate day = LocalDate.parse(String.valueOf(typed).strip());
            if (day.isAfter(
                    LocalDate.ofInstant(clock.instant(), map.organisation().zone()))) {
                wrong.add(new Violation("disclosed_on", "disclosure_day_future"));
            }
            return Optional.of(day);
        } catch (DateTimeException e) {
            wrong.add(new Violation("disclosed_on", "disclosure_day_form"));
            return Optional.empty();
        }
    }

    private UUID insert(Sealed told, boolean authority, LocalDate day, Optional<String> withheld, Actor officer) {
        UUID id = UUID.randomUUID();
        UUID key = vault.newKey();
        String sql = "insert into disclosure (id, key_id, sealed, authority, disclosed_on, withheld, recorded_by,"
                + " recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?)";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, id);
            insert.setObject(2, key);
            insert.setBytes(3, vault.seal(key, JSON.writeValueAsBytes(told), "disclosure:" + id));
            insert.setBoolean(4, authority);
            insert.setObject(5, day);
            insert.setString(6, withheld.orElse(null));
            insert.setString(7, officer.name());
            insert.setObject(8, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
            return id;
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("a disclosure cannot be kept", e);
        }
    }

    private void person(UUID disclosure, String person) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into disclosure_person (disclosure, person) values (?, ?) on conflict do nothing")) {
            insert.setObject(1, disclosure);
            insert.setString(2, person);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a disclosure cannot be kept", e);
        }
    }

    private List<Disclosure> list(String sql, Object... values) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof String[] texts) {
                    select.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    select.setObject(i + 1, values[i]);
                }
            }
            List<Disclosure> found = new ArrayList<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(disclosure(rows));
                }
            }
            return found;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("disclosures cannot be read", e);
        }
    }

    private Disclosure disclosure(ResultSet row) throws SQLException, IOException {
        UUID id = row.getObject("id", UUID.class);
        Sealed told = JSON.readValue(
                vault.open(row.getObject("key_id", UUID.class), row.getBytes("sealed"), "disclosure:" + id),
                Sealed.class);
        return new Disclosure(
                id,
                told.recipient(),
                row.getBoolean("authority"),
                told.what(),
                told.ground(),
                row.getObject("disclosed_on", LocalDate.class),
                Optional.ofNullable(row.getString("withheld")),
                row.getString("recorded_by"),
                row.getTimestamp("recorded_at").toInstant());
    }
}
