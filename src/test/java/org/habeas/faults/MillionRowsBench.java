package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A person with a million rows in one collection, searched, packed and downloaded by a portal with a heap of 256 MB. */
@Tag("bench")
class MillionRowsBench {
    private static final int ROWS = Integer.getInteger("habeas.bench.rows", 1_000_000);

    private final TwoSystems systems = new TwoSystems(ROWS, 1, 1);
    private final Portals portals = new Portals(systems.map());

    @AfterEach
    void stop() {
        systems.close();
    }

    @Test
    void aMillionRowsPassThroughASmallHeap() throws IOException {
        systems.addReader(100);
        long bare = timed(this::copied);
        try (PortalProcess portal = portals.start("-Xmx256m")) {
            Calls calls = new Calls(portal);
            Asked asked = Asked.proven(portals, calls, "access", TwoSystems.email(100));
            long search = timed(() -> asked.comesTo("REVIEW", 900));
            calls.asOfficer(
                    "officer",
                    "POST",
                    "/api/v1/cases/" + asked.reference + "/decision",
                    Map.of("outcome", "fulfil", "text", "Here it is."));
            long pack = timed(() -> asked.comesTo("CLOSED", 1_800));
            String before = asked.code(calls);
            asked.call(calls, "POST", "/codes", Map.of());
            String code = asked.newCode(calls, before);
            long[] bytes = new long[2];
            long download = timed(() -> {
                try (InputStream in = calls.stream(
                        asked.passphrase(),
                        "POST",
                        "/api/v1/requests/" + asked.reference + "/package",
                        Map.of("code", code))) {
                    read(in, bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            System.out.printf("%-58s %9s %9s%n", ROWS + " rows of one person, -Xmx256m", "s", "bare s");
            System.out.printf("%-58s %9.1f %9.1f%n", "  searched and sealed (bare: COPY)", search / 1e9, bare / 1e9);
            System.out.printf("%-58s %9.1f %9.1f%n", "  packed", pack / 1e9, bare / 1e9);
            System.out.printf(
                    "%-58s %9.1f %9.1f   %d MB unpacked, process at most %d MB%n",
                    "  downloaded and unzipped",
                    download / 1e9,
                    bare / 1e9,
                    bytes[0] / 1_000_000,
                    portal.megabytes("VmHWM"));
            assertTrue(bytes[1] >= ROWS, bytes[1] + " rows");
            assertTrue(portal.alive());
        }
    }

    /** All bytes, and the lines of the loans. */
    private static void read(InputStream in, long[] bytes) throws IOException {
        byte[] some = new byte[65_536];
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                boolean loans = entry.getName().endsWith("loan.csv");
                for (int n = zip.read(some); n >= 0; n = zip.read(some)) {
                    bytes[0] += n;
                    for (int i = 0; loans && i < n; i++) {
                        bytes[1] += some[i] == '\n' ? 1 : 0;
                    }
                }
            }
        }
    }

    private void copied() {
        try (var connection = TestDatabases.connect(systems.libraryUrl())) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select * from loan where reader_id = 100) to stdout",
                            OutputStream.nullOutputStream());
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long timed(Runnable act) {
        long start = System.nanoTime();
        act.run();
        return System.nanoTime() - start;
    }
}
