package org.habeas.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.habeas.problem.StartFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    static Path folder;

    private Home home;
    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() {
        home = Home.at(folder.resolve("home"));
        postgres = EmbeddedPostgres.start(home);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void keepsItsDataAndItsAddress() throws SQLException {
        postgres.database("shop", "keeper");
        String address = postgres.url("shop");
        postgres.close();
        postgres = EmbeddedPostgres.start(home);
        assertEquals(address, postgres.url("shop"));
        postgres.connect("shop").close();
    }

    /** A portal that was killed leaves its server running. */
    @Test
    void stopsTheServerThatAKilledPortalLeft() throws Exception {
        ProcessHandle left = ProcessHandle.of(server()).orElseThrow();
        EmbeddedPostgres next = EmbeddedPostgres.start(home);
        left.onExit().get(10, TimeUnit.SECONDS);
        next.connect("postgres").close();
    }

    @Test
    void startsAfterTheServerItselfWasKilled() throws Exception {
        ProcessHandle killed = ProcessHandle.of(server()).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get();
        EmbeddedPostgres.start(home).connect("postgres").close();
    }

    /** After a restart of the machine another process may have the number that the note names. */
    @Test
    void leavesAProcessAloneThatOnlyHasTheSameNumber() throws Exception {
        postgres.close();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(note(), other.pid() + "\n" + note().getParent() + "\n");
            EmbeddedPostgres.start(home).connect("postgres").close();
            assertTrue(other.isAlive());
        } finally {
            other.destroy();
        }
    }

    @Test
    void letsNobodyInWithoutAPassword() {
        assertThrows(SQLException.class, () -> DriverManager.getConnection(postgres.url("postgres"), "postgres", ""));
        assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(postgres.url("postgres"), "postgres", "postgres"));
    }

    @Test
    void saysInOneLineWhyADamagedDatabaseDoesNotStart() throws Exception {
        postgres.close();
        Path control = note().resolveSibling("global").resolve("pg_control");
        Path away = folder.resolve("away");
        Files.move(control, away);
        StartFailure failure = assertThrows(StartFailure.class, () -> EmbeddedPostgres.start(home));
        Files.move(away, control);
        assertEquals(1, failure.getMessage().lines().count());
        assertTrue(failure.getMessage().contains("does not start"), failure.getMessage());
    }

    @Test
    void isHeldByOnePortalAtATime() throws Exception {
        Closeable held = home.lock();
        StartFailure second = assertThrows(StartFailure.class, home::lock);
        assertTrue(second.getMessage().contains("in use"));
        held.close();
        home.lock().close();
    }

    @Test
    void loadsTheDemonstrationOnceWithTheLeastPrivilege() throws SQLException {
        Demonstration.load(postgres, TODAY);
        try (var crm =
                DriverManager.getConnection(postgres.url("crm"), "habeas_crm", postgres.password("habeas_crm"))) {
            Sql sql = new Sql(crm);
            assertEquals(1, sql.number("select count(*) from customer where email = ?", Demonstration.PERSON_TO_TRY));
            sql.run("delete from email_sent where from_email = '" + Demonstration.PERSON_TO_TRY + "'");
            assertThrows(SQLException.class, () -> sql.run("insert into address values (0, '', '', '', '')"));
            assertThrows(SQLException.class, () -> sql.run("drop table email_sent"));
        }
        assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(
                        postgres.url("billing"), "habeas_crm", postgres.password("habeas_crm")));
        Demonstration.load(postgres, TODAY);
        try (var crm = postgres.connect("crm")) {
            String written = "select count(*) from email_sent where from_email = ?";
            assertEquals(0, new Sql(crm).number(written, Demonstration.PERSON_TO_TRY));
        }
        Path map = Demonstration.writeMap(home, Optional.of(postgres));
        assertTrue(Files.isRegularFile(map.resolve("systems.yml")));
    }

    private Path note() {
        return home.path().resolve("postgres/server/data/postmaster.pid");
    }

    private long server() throws Exception {
        return Long.parseLong(Files.readAllLines(note()).get(0));
    }
}
