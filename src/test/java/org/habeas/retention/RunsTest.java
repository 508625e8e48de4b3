package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.connector.Key;
import org.habeas.problem.NotPossible;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs do, on a real database, against the portal's own. */
@QuarkusTest
@TestProfile(Yard.class)
class RunsTest {
    private static final Actor ADMIN = new Actor(Actor.Kind.ADMIN, "admin");
    private static final Actor OFFICER = Actor.officer("officer");
    private static final int YEAR = LocalDate.now().getYear();
    private static final String LONG_AGO = (YEAR - 7) + "-03-01";
    private static final String LATELY = (YEAR - 2) + "-03-01";

    @Inject
    Runs runs;

    @Inject
    RunWork work;

    @Inject
    Holds holds;

    @Inject
    Obligations obligations;

    @Inject
    Schedule schedule;

    @Inject
    Vault vault;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void anEmptyYard() throws Exception {
        Yard.empty();
        portal("delete from legal_hold; delete from obligation; delete from retention_run; delete from work_item");
    }

    @Test
    void whatIsOverGoesWithItsLinesAndTheRestStays() {
        invoices(1, 1200, LONG_AGO);
        invoices(5001, 300, LATELY);
        Yard.sql("insert into line select id, n, 'x' from invoice, generate_series(1, 2) n");
        RetentionRun run = done(false);
        assertEquals(RunState.DONE, run.state);
        assertFigures(row(run, "invoice"), 1200, 1200, 0, 0);
        assertFigures(row(run, "line"), 2400, 2400, 0, 0);
        assertEquals(List.of("300"), Yard.rows("select count(*) from invoice"));
        assertEquals(List.of("600"), Yard.rows("select count(*) from line"));
        assertEquals(1200, row(run, "invoice").rowsBefore);
        assertEquals(0, row(run, "invoice").rowsAfter);
        assertEquals(64, run.digest.length());
        assertEquals(1200 + 2400, purgedInTheLedger(run));
    }

    @Test
    void aDryRunChangesNothingAnywhere() {
        Yard.sql("insert into person values (1, 'ada@example.org', 'Ada')");
        invoices(1, 700, LONG_AGO);
        Yard.sql("insert into line select id, 1, 'x' from invoice");
        Yard.sql("insert into offer values (1, 'a@example.org', '2015-01-01Z')");
        Yard.sql("insert into log values (1, null, '2015-01-01'), (2, null, current_date)");
        place("ada@example.org");
        Yard.sql("update invoice set person_id = 1 where id <= 10");
        List<String> before = Yard.dump();
        RetentionRun run = done(true);
        assertEquals(before, Yard.dump());
        assertFigures(row(run, "invoice"), 700, 0, 10, 0);
        assertFigures(row(run, "line"), 690, 0, 0, 0);
        assertFigures(row(run, "offer"), 1, 0, 0, 0);
        assertFigures(row(run, "log"), 1, 0, 0, 0);
        assertEquals(RunState.DONE, run.state);
    }

    @Test
    void heldRowsStayUntilTheHoldIsLifted() {
        Yard.sql("insert into person values (1, 'Ada@Example.org', 'Ada'), (2, 'bea@example.org', 'Bea')");
        invoices(1, 20, LONG_AGO);
        Yard.sql("update invoice set person_id = 1 + id % 2");
        Yard.sql("insert into line select id, 1, 'x' from invoice");
        Yard.sql(
                "insert into visit values ('ada@example.org', '2020-01-01', '/'), ('x@example.org', '2020-01-01', '/')");
        UUID hold = place("ada@example.org");
        RetentionRun run = done(false);
        assertFigures(row(run, "invoice"), 20, 10, 10, 0);
        assertFigures(row(run, "visit"), 2, 1, 1, 0);
        assertEquals(List.of("10"), Yard.rows("select count(*) from invoice where person_id = 1"));
        assertEquals(List.of("10"), Yard.rows("select count(*) from line"));
        QuarkusTransaction.requiringNew().run(() -> holds.lift(hold, OFFICER));
        assertFigures(row(done(false), "invoice"), 10, 10, 0, 0);
        assertEquals(List.of("0"), Yard.rows("select count(*) from visit"));
    }

    @Test
    void aHoldPlacedMeanwhileStopsTheRunBeforeItsNextBatch() {
        Yard.sql("insert into person values (1, 'ada@example.org', 'Ada')");
        invoices(1, 1700, LONG_AGO);
        Yard.sql("update invoice set person_id = 1 where id > 1000");
        RetentionRun run = open(false);
        int[] batches = {0};
        carryOn(run.id, name -> {
            if (name.equals("recorded") && ++batches[0] == 1) {
                place("ada@example.org");
            }
        });
        run = runs.get(run.id);
        assertFigures(row(run, "invoice"), 1700, 1000, 700, 0);
        assertEquals(List.of("700"), Yard.rows("select count(*) from invoice where person_id = 1"));
    }

    @Test
    void killedAnywhereItGoesOnAndEveryBatchIsInTheHistoryOnce() {
        for (String point : List.of("announced", "purged", "recorded")) {
            Yard.empty();
            invoices(1, 2600, LONG_AGO);
            Yard.sql("insert into line select id, 1, 'x' from invoice where id % 5 = 0");
            RetentionRun run = open(false);
            Random random = new Random(point.hashCode());
            int kills = 0;
            while (runs.get(run.id).finishedAt == null) {
                int after = random.nextInt(point.equals("announced") ? 2 : 4);
                int[] reached = {0};
                try {
                    carryOn(run.id, name -> {
                        if (name.equals(point) && ++reached[0] > after) {
                            throw new Killed();
                        }
                    });
                } catch (Killed e) {
                    kills++;
                }
            }
            run = runs.get(run.id);
            assertTrue(kills > 0, "it was killed " + kills + " times at " + point);
            assertFigures(row(run, "invoice"), 2600, 2600, 0, 0);
            assertEquals(520, row(run, "line").purged, point);
            assertEquals(2600 + 520, purgedInTheLedger(run), point);
            assertEquals(List.of("0"), Yard.rows("select count(*) from invoice"));
        }
    }

    @Test
    void whatTheDatabasePurgesByItselfIsInTheHistoryOnceToo() {
        Yard.sql("insert into visit select 'v@example.org', '2020-01-01', '/' || n from generate_series(1, 120000) n");
        Yard.sql("insert into visit values ('v@example.org', current_date, '/')");
        RetentionRun run = open(false);
        int kills = 0;
        while (runs.get(run.id).finishedAt == null) {
            // each life gets one piece further: what is empty already is gone over again
            int[] pieces = {0};
            int most = kills;
            try {
                carryOn(run.id, name -> {
                    if (name.equals("piece") && pieces[0]++ == most) {
                        throw new Killed();
                    }
                });
            } catch (Killed e) {
                kills++;
            }
        }
        run = runs.get(run.id);
        assertTrue(kills > 1, "it was killed " + kills + " times");
        assertFigures(row(run, "visit"), 120_000, 120_000, 0, 0);
        assertEquals(120_000, purgedInTheLedger(run));
        assertEquals(List.of("1"), Yard.rows("select count(*) from visit"));
    }

    @Test
    void aHoldPlacedMeanwhileStopsTheDatabaseToo() {
        // long rows: the first piece takes only some of them
        String visits = "insert into visit select '%s', '2020-01-01', (select string_agg(md5(n || ' ' || i), '') from"
                + " generate_series(1, 55) i) from generate_series(1, %d) n";
        Yard.sql(visits.formatted("v@example.org", 3000));
        Yard.sql(visits.formatted("ada@example.org", 50));
        RetentionRun run = open(false);
        int[] pieces = {0};
        carryOn(run.id, name -> {
            if (name.equals("piece") && ++pieces[0] == 1) {
                place("ada@example.org");
            }
        });
        run = runs.get(run.id);
        assertEquals(1, pieces[0]);
        assertFigures(row(run, "visit"), 3050, 3000, 50, 0);
        assertEquals(3000, purgedInTheLedger(run));
        assertEquals(List.of("50"), Yard.rows("select count(*) from visit where email = 'ada@example.org'"));
    }

    @Test
    void whatPointsAtADueRowAndMustStayKeepsIt() {
        invoices(1, 3, LONG_AGO);
        invoices(9, 1, LATELY);
        Yard.sql("update invoice set credits_id = 1 where id = 9");
        Yard.sql("insert into stamp values (2)");
        RetentionRun run = done(false);
        assertFigures(row(run, "invoice"), 3, 1, 0, 2);
        assertEquals(List.of("1", "2", "9"), Yard.rows("select id from invoice order by 1"));
        assertEquals(
                Map.of(
                        "retention_reason_not_due(yard.invoice)", 1L,
                        "retention_reason_unmapped(public.stamp)", 1L),
                row(run, "invoice").kept);
    }

    @Test
    void creditNotesGoWithOrBeforeWhatTheyCredit() {
        invoices(1, 1500, LONG_AGO);
        Yard.sql("update invoice set credits_id = id - 1 where id > 1");
        assertFigures(row(done(false), "invoice"), 1500, 1500, 0, 0);
        assertEquals(List.of("0"), Yard.rows("select count(*) from invoice"));
    }

    @Test
    void whatTheDatabaseRefusesIsFoundAmongTheOthersAndReported() {
        invoices(1, 900, LONG_AGO);
        Yard.sql("create or replace function no() returns trigger language plpgsql as $$ begin"
                + " if old.id in (17, 611) then raise 'no'; end if; return old; end $$;"
                + " create trigger no before delete on invoice for each row execute function no()");
        try {
            RetentionRun run = done(false);
            assertFigures(row(run, "invoice"), 900, 898, 0, 2);
            assertEquals(898, purgedInTheLedger(run));
        } finally {
            Yard.sql("drop trigger no on invoice");
        }
    }

    @Test
    void twoOfficersReleaseWhatNeedsApproval() {
        Yard.sql("insert into offer select n, 'a@example.org', '2015-01-01Z' from generate_series(1, 4) n");
        RetentionRun now = done(false);
        assertTrue(now.collections.stream().noneMatch(c -> c.collection.equals("offer") && c.purged > 0));
        RetentionRun waiting = QuarkusTransaction.requiringNew()
                .call(() ->
                        runs.unfinished().stream().filter(r -> r.needsRelease).findFirst())
                .orElseThrow();
        carryOn(waiting.id, name -> {});
        waiting = runs.get(waiting.id);
        assertEquals(RunState.WAITING_FOR_APPROVAL, waiting.state);
        assertFigures(row(waiting, "offer"), 4, 0, 0, 0);
        UUID id = waiting.id;
        runs.release(id, OFFICER);
        assertThrows(NotPossible.class, () -> runs.release(id, OFFICER));
        carryOn(id, name -> {});
        assertEquals(List.of("4"), Yard.rows("select count(*) from offer"));
        runs.release(id, Actor.officer("officer2"));
        carryOn(id, name -> {});
        assertFigures(row(runs.get(id), "offer"), 4, 4, 0, 0);
        assertEquals(RunState.DONE, runs.get(id).state);
    }

    @Test
    void theDatabaseItselfWantsTwoOfficers() {
        Yard.sql("insert into offer values (1, 'a@example.org', '2015-01-01Z')");
        open(false);
        assertThrows(
                java.sql.SQLException.class,
                () -> portal("update retention_run set purging_since = now() where needs_release"));
    }

    @Test
    void theScheduleOpensARunOnceAndNotAgainForWhatMustStay() throws Exception {
        invoices(1, 2, LONG_AGO);
        Yard.sql("insert into stamp values (1)");
        schedule.look();
        schedule.look();
        assertEquals(1, count("select count(*) from retention_run"));
        carryOnAll();
        schedule.look();
        assertEquals(1, count("select count(*) from retention_run"));
        place("ada@example.org");
        schedule.look();
        assertEquals(2, count("select count(*) from retention_run"));
        carryOnAll();
    }

    @Test
    void whatAnErasureHadToKeepGoesWhenItsTimeIsUp() throws Exception {
        Yard.sql("insert into person values (1, 'ada@example.org', 'Ada'), (2, 'bea@example.org', 'Bea')");
        Yard.sql("insert into boat values (1, 1, 'Skarv')");
        invoices(1, 1, LONG_AGO);
        Set<String> ada = Set.of(vault.identifierHash("email", "ada@example.org"));
        owe(ada, "person", Key.of(1L), LocalDate.now().minusDays(1));
        owe(ada, "invoice", Key.of(1L), LocalDate.now().minusDays(1));
        owe(Set.of("other"), "person", Key.of(2L), LocalDate.now().plusDays(1));
        UUID hold = place("ada@example.org");
        RetentionRun held = done(false);
        assertEquals(1, row(held, "person").held);
        assertEquals(List.of("1", "2"), Yard.rows("select id from person order by 1"));
        QuarkusTransaction.requiringNew().run(() -> holds.lift(hold, OFFICER));
        RetentionRun run = done(false);
        assertFigures(row(run, "person"), 1, 1, 0, 0);
        assertEquals(List.of("2"), Yard.rows("select id from person"));
        assertEquals(List.of("0"), Yard.rows("select count(*) from boat"));
        assertEquals(List.of("0"), Yard.rows("select count(*) from invoice"));
        assertEquals(2, count("select count(*) from obligation where done_at is not null"));
        assertEquals(
                2,
                count(
                        "select count(*) from audit_entry where event = 'retention.obligation_met' and at > now() - interval '5 s'"));
    }

    @Test
    void aHoldOnACollectionOrACompanyKeepsAllOfIt() {
        invoices(1, 5, LONG_AGO);
        Yard.sql("insert into visit values ('x@example.org', '2020-01-01', '/')");
        place(new NewHold(Map.of(), Optional.of("yard.invoice"), Optional.empty(), "r", LocalDate.now()));
        RetentionRun run = done(false);
        assertFigures(row(run, "invoice"), 5, 0, 5, 0);
        assertFigures(row(run, "visit"), 1, 1, 0, 0);
        Yard.sql("insert into visit values ('x@example.org', '2020-01-01', '/')");
        place(new NewHold(Map.of(), Optional.empty(), Optional.of("yard-north"), "r", LocalDate.now()));
        assertFigures(row(done(false), "visit"), 1, 0, 1, 0);
    }

    @Test
    void whatHangsOnADueRowIsNoLessHeldWithItsCollection() {
        invoices(1, 5, LONG_AGO);
        Yard.sql("insert into line values (1, 1, 'x')");
        place(new NewHold(Map.of(), Optional.of("yard.line"), Optional.empty(), "r", LocalDate.now()));
        assertFigures(row(done(false), "invoice"), 5, 4, 1, 0);
        assertEquals(List.of("1"), Yard.rows("select invoice_id from line"));
        assertEquals(List.of("1"), Yard.rows("select id from invoice"));
    }

    // ---- words of these stories

    private static final class Killed extends RuntimeException {
        Killed() {
            super("killed", null, false, false);
        }
    }

    private static void invoices(int from, int count, String issuedOn) {
        Yard.sql("insert into invoice select n, 99, '" + issuedOn + "', null from generate_series(" + from + ", "
                + (from + count - 1) + ") n");
    }

    private UUID place(String email) {
        return place(
                new NewHold(Map.of("email", email), Optional.empty(), Optional.empty(), "a lawsuit", LocalDate.now()));
    }

    private UUID place(NewHold hold) {
        return QuarkusTransaction.requiringNew().call(() -> holds.place(hold, OFFICER));
    }

    private void owe(Set<String> hashes, String collection, Key key, LocalDate until) {
        QuarkusTransaction.requiringNew()
                .run(() -> obligations.add(
                        UUID.randomUUID(),
                        hashes,
                        List.of(new Obligations.Kept("yard", collection, key, "no-bookkeeping", until))));
    }

    private RetentionRun open(boolean dryRun) {
        return schedule.open(ADMIN, dryRun);
    }

    private RetentionRun done(boolean dryRun) {
        RetentionRun run = open(dryRun);
        carryOn(run.id, name -> {});
        return runs.get(run.id);
    }

    private void carryOnAll() {
        QuarkusTransaction.requiringNew().call(runs::unfinished).forEach(r -> carryOn(r.id, name -> {}));
    }

    private void carryOn(UUID run, java.util.function.Consumer<String> at) {
        work.carryOn(run, () -> {}, new Sweeps.Points() {
            @Override
            void reached(String name) {
                at.accept(name);
            }
        });
    }

    private static RunCollection row(RetentionRun run, String collection) {
        return run.collections.stream()
                .filter(c -> c.collection.equals(collection))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFigures(RunCollection row, long due, long purged, long held, long failed) {
        assertEquals(
                List.of(due, purged, held, failed),
                List.of(row.due, row.purged, row.held, row.failed),
                row.collection + ": due, purged, held, failed; " + row.kept + " " + row.problem);
        assertFalse(row.problem != null, row.problem);
    }

    private long purgedInTheLedger(RetentionRun run) {
        long rows = 0;
        for (String entry : strings(
                "select convert_from(entry, 'UTF8') from audit_entry where event =" + " 'retention.batch_purged'")) {
            if (entry.contains(run.id.toString())) {
                rows += number(entry, "\"rows\":") + number(entry, "\"parts\":");
            }
        }
        return rows;
    }

    private static long number(String entry, String name) {
        int at = entry.indexOf(name);
        return at < 0 ? 0 : Long.parseLong(entry.substring(at + name.length()).split("[^0-9]", 2)[0]);
    }

    private long count(String query) {
        return Long.parseLong(strings(query).get(0));
    }

    private List<String> strings(String query) {
        List<String> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private void portal(String sql) throws java.sql.SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
