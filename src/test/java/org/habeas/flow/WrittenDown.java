package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ClientProxy;
import io.restassured.response.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.habeas.actor.Actor;
import org.habeas.audit.Ledger;

/**
 * Does an act twice: first while its entry cannot be written, when it must not happen, then for real, when it must leave
 * one entry in the name of who did it and no other.
 */
@ApplicationScoped
class WrittenDown {
    /** Tables of the ledger itself, of work that waits, and of what counts tries and calls: they change without an act. */
    private static final Set<String> BESIDE = Set.of(
            "audit_entry",
            "audit_details",
            "audit_actor",
            "audit_node",
            "audit_tree",
            "audit_checkpoint",
            "audit_key",
            "audit_anchor",
            "outside_mark",
            "outside_record",
            "security_alarm",
            "security_event",
            "security_minute",
            "webhook",
            "work_item",
            "rate_bucket",
            "identity_code",
            "broken_ledger",
            "flyway_schema_history",
            "retention_outlook");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DataSource database;
    private final Ledger ledger;
    private final Set<String> walked = new TreeSet<>();

    WrittenDown(DataSource database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /** Rows of roles.txt whose calls somebody makes to do something, or to read as an auditor or of people. */
    static Set<String> acts() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/roles.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.trim().split("\\s+"))
                .filter(row -> !row[0].equals("GET")
                        || List.of(row).contains("auditor") && !row[1].equals("/signed-in")
                        || row[1].matches("(/api/v1)?/(outbox|holds|security.*|cases.*)")
                                && !row[1].equals("/cases/new"))
                .map(row -> row[0] + " " + row[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> walked() {
        return walked;
    }

    Response act(String endpoint, Actor who, String event, Supplier<Response> call) {
        return act(endpoint, answer -> who, event, () -> {}, call);
    }

    Response act(
            String endpoint, Function<Response, Actor> who, String event, Runnable before, Supplier<Response> call) {
        before.run();
        quiet();
        Map<String, String> kept = snapshot();
        breakFor("%");
        try {
            int status = call.get().statusCode();
            assertTrue(status >= 500, endpoint + " without its entry: " + status);
        } finally {
            execute("delete from broken_ledger");
        }
        quiet();
        assertEquals(kept, snapshot(), endpoint + " happened without its entry");
        before.run();
        long last = number("select coalesce(max(id), 0) from audit_entry");
        Response answer = call.get();
        assertTrue(answer.statusCode() < 400, endpoint + ": " + answer.statusCode() + " " + answer.asString());
        assertEquals(List.of(event), events(last, ledger.pseudonym(who.apply(answer))), endpoint);
        walked.add(endpoint);
        return answer;
    }

    /** The same for something the portal does by itself. */
    void alone(String job, String event, String subject, Runnable task) {
        quiet();
        Map<String, String> kept = snapshot();
        breakFor("system:" + job);
        try {
            task.run();
        } catch (RuntimeException e) {
            // it may say so, or try again later
        } finally {
            execute("delete from broken_ledger");
        }
        assertEquals(kept, snapshot(), event + " happened without its entry");
        long last = number("select coalesce(max(id), 0) from audit_entry");
        task.run();
        quiet();
        String about = subject == null
                ? ""
                : " and subject = (select id from rights_request where reference = '" + subject + "')";
        assertEquals(
                1,
                number("select count(*) from audit_entry where id > " + last + " and event = '" + event
                        + "' and actor = 'system:" + job + "'" + about),
                event);
    }

    /** The same for a timer, called as the scheduler would. */
    void timer(String type, String method, String job, String event, String subject) {
        alone(job, event, subject, () -> {
            try {
                Class<?> known = Class.forName("org.habeas." + type);
                Object bean = ClientProxy.unwrap(Arc.container().select(known).get());
                var timer = known.getDeclaredMethod(method);
                timer.setAccessible(true);
                timer.invoke(bean);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Entries whose actor is like this cannot be written from now on. */
    private void breakFor(String actor) {
        execute("insert into broken_ledger values ('" + actor + "')");
    }

    void install() {
        // with the first signed head a mail goes out to the auditor
        Instant end = Instant.now().plus(PATIENCE);
        while (number("select count(*) from audit_checkpoint") == 0) {
            assertTrue(Instant.now().isBefore(end), "no head is signed");
            pause();
        }
        execute("create table broken_ledger (actor text);"
                + " create function break_ledger() returns trigger language plpgsql as $$ begin"
                + " if exists (select 1 from broken_ledger b where new.actor like b.actor"
                + " and (b.actor <> '%' or new.actor not like 'system:%')) then raise exception 'the disk is full'; end if;"
                + " return new; end $$;"
                + " create trigger broken before insert on audit_entry for each row execute function break_ledger()");
    }

    void remove() {
        execute("drop trigger broken on audit_entry; drop function break_ledger; drop table broken_ledger");
    }

    /** Waits until nothing is due. */
    void quiet() {
        Instant end = Instant.now().plus(PATIENCE);
        while (number("select count(*) from work_item where due_at <= now() + interval '1 second' and kind <> 'execute'"
                        + " and (attempts < 2 or leased_until > now())")
                > 0) {
            assertTrue(Instant.now().isBefore(end), "the portal does not come to rest");
            pause();
        }
    }

    /** Waits until this work, whose subject is this SQL, is done or put off. */
    void settled(String kind, String subject) {
        Instant end = Instant.now().plus(PATIENCE);
        while (number("select count(*) from work_item where kind = '" + kind + "' and subject = " + subject
                        + "::text and due_at <= now()")
                > 0) {
            assertTrue(Instant.now().isBefore(end), kind + " is never done");
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A digest of every table that matters. */
    private Map<String, String> snapshot() {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            for (String table : strings(
                    connection, "select table_name from information_schema.tables where table_schema = 'public'")) {
                if (!BESIDE.contains(table)) {
                    tables.put(
                            table,
                            strings(
                                            connection,
                                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
                                                    + " from \"" + table + "\" t")
                                    .get(0));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    private List<String> events(long after, String actor) {
        try (Connection connection = database.getConnection()) {
            return strings(
                    connection,
                    "select event from audit_entry where id > " + after + " and actor = '" + actor + "' order by id");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String text(String sql) {
        try (Connection connection = database.getConnection()) {
            return strings(connection, sql).get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String sql) {
        return Long.parseLong(text(sql));
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
