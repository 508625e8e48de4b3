package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No room on the database's disk, or in HABEAS_HOME: what cannot be kept is refused, and with room again all goes on by itself. */
@Tag("faults")
class DiskFullTest {
    private static final Duration SOON = Duration.ofMinutes(3);

    /** A small disk: memory that the kernel lets no one write more than this to. */
    private record Disk(Path path) implements AutoCloseable {
        static Disk of(Path path, String size) throws Exception {
            Files.createDirectories(path);
            int mounted = new ProcessBuilder(
                            "mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=0755", "tmpfs", path.toString())
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            if (mounted != 0) {
                System.err.println("=== NO RIGHT TO MOUNT A SMALL DISK: THE TESTS OF A FULL DISK ARE SKIPPED ===");
            }
            Assumptions.assumeTrue(mounted == 0, "mount is not allowed here");
            return new Disk(path);
        }

        void fill() throws IOException {
            byte[] much = new byte[1 << 16];
            try (OutputStream out = Files.newOutputStream(path.resolve("filler"))) {
                while (true) {
                    out.write(much);
                }
            } catch (IOException full) {
                // and the last bytes too
            }
            try (OutputStream out = Files.newOutputStream(path.resolve("filler2"))) {
                while (true) {
                    out.write(0);
                }
            } catch (IOException full) {
                // now it is full
            }
        }

        void clear() throws IOException {
            Files.deleteIfExists(path.resolve("filler"));
            Files.deleteIfExists(path.resolve("filler2"));
        }

        @Override
        public void close() throws IOException {
            new ProcessBuilder("umount", "-l", path.toString()).start().onExit().join();
        }
    }

    @Test
    void aFullDiskOfTheDatabase() throws Exception {
        Path home = Waiting.fresh("database-full");
        try (Disk disk = Disk.of(home.resolve("disk"), "300m");
                PostgresServer database = PostgresServer.at(
                        disk.path().resolve("database"), Map.of("max_wal_size", "64MB", "min_wal_size", "32MB"));
                PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment(database))) {
            Caller nobody = Caller.nobody(portal.address());
            assertEquals(202, nobody.files("access", "before@example.org").status());
            disk.fill();
            Map<Integer, Integer> answers = new HashMap<>();
            int acknowledged = 1;
            int refused = 0;
            for (int i = 0; i < 20_000 && refused < 20; i++) {
                Caller.Answer answer = nobody.files("access", "full" + i + "@example.org");
                answers.merge(answer.status(), 1, Integer::sum);
                acknowledged += answer.status() == 202 ? 1 : 0;
                refused += answer.status() == 503 ? 1 : 0;
            }
            assertTrue(refused >= 20, "never full: " + answers);
            assertTrue(answers.keySet().stream().allMatch(s -> s == 202 || s == 503), answers + portal.log());
            disk.clear();
            if (!database.running()) {
                // out of room for its log a PostgreSQL stops: its operator, or systemd, starts it
                database.start();
            }
            Waiting.until(
                    "requests come in again",
                    SOON,
                    () -> nobody.files("access", "after@example.org").status() == 202);
            assertEquals(acknowledged + 1, database.number("select count(*) from rights_request"), "no more, no less");
            Waiting.until(
                    "the history goes on",
                    SOON,
                    () -> database.number("select count(*) from audit_entry where leaf_index is null") == 0);
            System.out.println("disk full on the database: " + answers);
        }
    }

    @Test
    void aFullHome() throws Exception {
        Path home = Waiting.fresh("home-full");
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of());
                Disk disk = Disk.of(home.resolve("disk"), "16m");
                PortalProcess portal = PortalProcess.start(disk.path().resolve("home"), environment(database))) {
            Caller nobody = Caller.nobody(portal.address());
            Waiting.until("a head is signed", SOON, () -> heads(database) > 0);
            disk.fill();
            long before = heads(database);
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        202, nobody.files("access", "full" + i + "@example.org").status(), "needs no room there");
            }
            Waiting.until(
                    "it says that it cannot sign", SOON, () -> portal.log().contains("The history is not signed"));
            assertTrue(heads(database) <= before + 1, "no head is published that could not be remembered");
            disk.clear();
            long stopped = heads(database);
            Waiting.until("heads are signed again", SOON, () -> heads(database) > stopped);
            assertEquals(200, nobody.get("/q/health/ready").status());
        }
    }

    private static long heads(PostgresServer database) throws SQLException {
        return database.number("select count(*) from audit_checkpoint");
    }

    private static Map<String, String> environment(PostgresServer database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("HABEAS_LIMIT_PER_CLIENT", "1000000/PT1H");
        environment.put("HABEAS_CHECKPOINT_EVERY", "1s");
        return environment;
    }
}
