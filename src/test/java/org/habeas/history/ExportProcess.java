package org.habeas.history;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.atomic.AtomicLong;

/** An export in a process of its own, with a small heap: prints milliseconds to the first row, to the end, heap in MB, rows. */
final class ExportProcess {
    private ExportProcess() {}

    public static void main(String[] arguments) throws Exception {
        AtomicLong first = new AtomicLong();
        AtomicLong rows = new AtomicLong();
        AtomicLong most = new AtomicLong();
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            connection.setAutoCommit(false);
            // a portal that has been asked before: its driver is loaded
            CaseRows.read(connection, CaseFilter.of(Period.of("1999-01-01", "1999-01-01"), null, null, null), c -> {});
        }
        long started = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            connection.setAutoCommit(false);
            try (CaseTable table = Format.of(arguments[1]).table(OutputStream.nullOutputStream())) {
                CaseRows.read(connection, CaseFilter.of(Period.of(null, null), null, null, null), cells -> {
                    if (rows.getAndIncrement() == 0) {
                        first.set(System.nanoTime() - started);
                    }
                    if (rows.get() % 20_000 == 0) {
                        most.accumulateAndGet(afterCollection(), Math::max);
                    }
                    table.row(cells);
                });
            }
        }
        System.out.printf(
                "%d %d %d %d%n",
                first.get() / 1_000_000, (System.nanoTime() - started) / 1_000_000, most.get() >> 20, rows.get());
    }

    /** What was alive after the last collection: what it takes, not what waits to be swept. */
    private static long afterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage != null)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
