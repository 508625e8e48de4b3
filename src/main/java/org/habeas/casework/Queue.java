package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.law.OwnTargets;
import org.habeas.law.Regimes;
import org.habeas.law.Right;
import org.habeas.request.EmailAddress;
import org.habeas.request.Identifier;
import org.habeas.request.Outcome;
import org.habeas.request.Requests;
import org.habeas.request.State;
import org.habeas.request.Wording;
import org.habeas.vault.Vault;

/** The cases as a list, the most urgent first, a page at a time. Reads along indexes and opens no more than one page. */
@ApplicationScoped
public class Queue {
    /** Where counting ends: nobody works by a number that large, and it would take longer than the page. */
    public static final int MANY = 1_000;

    private static final String COUNTS = sizes("");
    private static final String COUNTS_OF_REMIT = sizes(" and " + Remits.CONDITION);

    private final AgroalDataSource database;
    private final Requests requests;
    private final Vault vault;
    private final DataMap map;
    private final Clock clock;
    private final QueueQuery.Hashes hashes;

    Queue(AgroalDataSource database, Requests requests, Wording wording, Vault vault, DataMap map, Clock clock) {
        this.database = database;
        this.requests = requests;
        this.vault = vault;
        this.map = map;
        this.clock = clock;
        this.hashes = new QueueQuery.Hashes() {
            @Override
            public List<String> identifiers(String value) {
                return Queue.this.hashes(value);
            }

            @Override
            public List<String> words(String text) {
                return wording.rarestFirst(text);
            }
        };
    }

    /**
     * One line of the queue. {@code person} is her address masked, {@code due} the first period's last day, {@code answerBy}
     * the day that counts; {@code daysLeft} is negative when that day is over, and empty once the case is closed.
     */
    public record Item(
            UUID id,
            String reference,
            Right right,
            State state,
            Optional<Outcome> outcome,
            String organisation,
            Instant receivedAt,
            LocalDate due,
            LocalDate answerBy,
            Optional<Long> daysLeft,
            OwnTargets.Urgency urgency,
            Optional<String> assignee,
            Optional<Long> rowsFound,
            boolean restricted,
            String person) {}

    /** A page of the queue and, unless it was the last, where the next begins. */
    public record Page(List<Item> items, Optional<String> next) {}

    /** How many cases each of the usual views has. */
    public record Counts(
            long mine, long forMe, long unassigned, long dueThisWeek, long overdue, long forOthers, long open) {}

    /** What this officer sees of it: cases of her companies. */
    @Transactional
    public Page page(QueueFilter filter, String officer) {
        Optional<Cursor> after = filter.after().map(text -> Cursor.read(text, filter.sort(), vault));
        QueueQuery query = new QueueQuery(filter, map.organisation().remit(officer), after, today(), hashes);
        List<Line> lines = lines(query);
        boolean more = lines.size() > filter.limit();
        List<Line> shown = more ? lines.subList(0, filter.limit()) : lines;
        Map<UUID, byte[]> sealed = new HashMap<>();
        shown.forEach(line -> line.address().ifPresent(address -> sealed.put(line.vaultKey(), address)));
        Map<UUID, String> addresses = vault.openTexts(sealed, "identifier");
        Optional<String> next = more
                ? Optional.of(shown.get(shown.size() - 1)).map(last -> new Cursor(
                                filter.sort(), last.cursor(), last.item().id())
                        .text(vault))
                : Optional.empty();
        return new Page(shown.stream().map(line -> line.item(addresses)).toList(), next);
    }

    /** The sizes of the views of this officer, each counted to just beyond {@link #MANY}. */
    @Transactional
    public Counts counts(String officer) {
        LocalDate today = today();
        Organisation.Remit remit = map.organisation().remit(officer);
        Object[][] arguments = {{officer}, {officer}, {}, {today, today.plusDays(6)}, {today}, {officer}, {}};
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(remit.whole() ? COUNTS : COUNTS_OF_REMIT)) {
            Array companies = connection.createArrayOf("text", remit.companies().toArray());
            int at = 1;
            for (Object[] view : arguments) {
                for (Object argument : view) {
                    select.setObject(at++, argument);
                }
                if (!remit.whole()) {
                    select.setArray(at++, companies);
                    select.setBoolean(at++, remit.listed());
                }
            }
            try (var row = select.executeQuery()) {
                row.next();
                return new Counts(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the cases cannot be counted", e);
        }
    }

    private static String sizes(String remit) {
        return Stream.of(
                        "r.assignee = ?",
                        QueueQuery.waiting(QueueFilter.Waiting.Whom.ME),
                        "r.assignee is null",
                        "r.answer_by between ? and ?",
                        "r.answer_by < ?",
                        QueueQuery.waiting(QueueFilter.Waiting.Whom.OTHERS),
                        "true")
                .map(which -> "(select count(*) from (select 1 from rights_request r where r.state <> 'CLOSED'"
                        + " and r.state <> 'UNVERIFIED' and " + which + remit + " limit " + (MANY + 1) + ") few)")
                .collect(Collectors.joining(", ", "select ", ""));
    }

    /** A line as read, with the address still sealed. */
    private record Line(Item item, UUID vaultKey, Optional<byte[]> address, String cursor) {
        Item item(Map<UUID, String> addresses) {
            String person = Optional.ofNullable(addresses.get(vaultKey))
                    .flatMap(EmailAddress::of)
                    .map(EmailAddress::masked)
                    .orElse("•••");
            return new Item(
                    item.id,
                    item.reference,
                    item.right,
                    item.state,
                    item.outcome,
                    item.organisation,
                    item.receivedAt,
                    item.due,
                    item.answerBy,
                    item.daysLeft,
                    item.urgency,
                    item.assignee,
                    item.rowsFound,
                    item.restricted,
                    person);
        }
    }

    private List<Line> lines(QueueQuery query) {
        List<Line> lines = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = query.prepare(connection);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                lines.add(line(rows));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException("the queue cannot be read", e);
        }
    }

    private Line line(ResultSet row) throws SQLException {
        LocalDate due = row.getObject("due", LocalDate.class);
        LocalDate answerBy = Optional.ofNullable(row.getObject("extended_to", LocalDate.class))
                .orElse(due);
        LocalDate receivedOn = row.getObject("received_on", LocalDate.class);
        State state = State.valueOf(row.getString("state"));
        boolean closed = state == State.CLOSED;
        LocalDate today = today();
        Item item = new Item(
                row.getObject("id", UUID.class),
                row.getString("reference"),
                Right.valueOf(row.getString("asked_right")),
                state,
                Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf),
                row.getString("organisation"),
                row.getTimestamp("received_at").toInstant(),
                due,
                answerBy,
                closed ? Optional.empty() : Optional.of(ChronoUnit.DAYS.between(today, answerBy)),
                closed
                        ? OwnTargets.Urgency.CALM
                        : Regimes.named(row.getString("regime")).targets().urgency(receivedOn, due, answerBy, today),
                Optional.ofNullable(row.getString("assignee")),
                Optional.ofNullable(row.getObject("rows_found", Long.class)),
                row.getBoolean("restricted"),
                "");
        return new Line(
                item,
                row.getObject("vault_key", UUID.class),
                Optional.ofNullable(row.getBytes("address")),
                row.getString("cursor"));
    }

    /** What an identifier of any kind is kept as: somebody who searches does not say which kind it is. */
    private List<String> hashes(String value) {
        return Stream.concat(Stream.of(Identifier.EMAIL, "phone_number"), kindsOfTheMap())
                .distinct()
                .map(kind -> requests.hash(new Identifier(kind, value, false)))
                .toList();
    }

    private Stream<String> kindsOfTheMap() {
        return map.collections().stream()
                .flatMap(collection -> collection.fields().stream())
                .flatMap(field -> field.identity().stream());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), map.organisation().zone());
    }
}
