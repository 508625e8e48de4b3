package org.habeas.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A million cases: the export starts at once, keeps its memory, and takes at most three times what a bare COPY takes. */
@Tag("bench")
class HistoryBench {
    private static final int CASES = 1_000_000;

    private static String url = "";

    @BeforeAll
    static void aMillionCases() {
        url = TestDatabases.fresh();
        Flyway.configure().dataSource(url, null, null).load().migrate();
        TestDatabases.execute(
                url,
                "set session_replication_role = replica;"
                        + " insert into decision (id, request_id, answer, ground, officer, decided_at)"
                        + " select ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,"
                        + " ('00000000-0000-4000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 'FULFIL', 'art-17-1', 'officer', now()"
                        + " from generate_series(1, " + CASES + ") i;"
                        + " insert into rights_request (id, version, reference, asked_right, state, outcome, organisation, channel,"
                        + " language, regime, received_at, received_on, due, verified_at, closed_at, decision_id, approver,"
                        + " systems_searched, rows_found, rows_changed, rows_erased, rows_retained, vault_key)"
                        + " select ('00000000-0000-4000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, 'H-' || i, 'ERASURE', 'CLOSED',"
                        + " 'FULFILLED', 'nordlys-retail', 'PORTAL', 'nb', 'gdpr-no', timestamptz '2020-01-01' + i * interval '1 minute',"
                        + " date '2020-01-01' + i / 1440, date '2020-02-01' + i / 1440, timestamptz '2020-01-01' + i * interval '1 minute',"
                        + " timestamptz '2020-01-08' + i * interval '1 minute',"
                        + " ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'officer2', 4, 120, 0, 100, 20,"
                        + " gen_random_uuid() from generate_series(1, " + CASES + ") i; analyze");
    }

    @Test
    void theExportKeepsPaceWithCopy() throws Exception {
        copied(); // warm
        Duration copied = copied();
        System.out.printf("%d cases        first row ms   all ms   of copy   live heap MB (-Xmx256m)%n", CASES);
        System.out.printf("copy to stdout                 %8d%n", copied.toMillis());
        for (Format format : Format.values()) {
            long[] figures = exported(format);
            System.out.printf(
                    "%-6s %21d %8d %9.2f %10d%n",
                    format.code(), figures[0], figures[1], (double) figures[1] / copied.toMillis(), figures[2]);
            assertEquals(CASES, figures[3]);
            assertTrue(figures[0] < 1_000, () -> format + ": first row after " + figures[0]);
            assertTrue(figures[1] < 3 * copied.toMillis(), () -> format + ": " + figures[1] + " against " + copied);
        }
    }

    private static long[] exported(Format format) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExportProcess.class.getName(),
                        url,
                        format.code())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), said);
        return Arrays.stream(said.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static Duration copied() throws SQLException, java.io.IOException {
        long started = System.nanoTime();
        try (Connection connection = TestDatabases.connect(url)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select r.reference, r.asked_right, r.organisation, r.channel, r.received_at, r.verified_at,"
                                    + " r.due, r.extended_to, r.closed_at, r.outcome, d.ground, 1, d.officer, r.approver,"
                                    + " r.systems_searched, r.rows_found, r.rows_changed, r.rows_erased, r.rows_retained"
                                    + " from rights_request r left join decision d on d.id = r.decision_id"
                                    + " order by r.received_at, r.id) to stdout csv header",
                            OutputStream.nullOutputStream());
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
