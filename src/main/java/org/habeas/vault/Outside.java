package org.habeas.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What must be known even when the portal's database is put back from a backup: a file outside it ({@code habeas.erasures},
 * {@code HABEAS_HOME/erasures} by default), one for each database, sealed under the master key. Remembered in the
 * transaction of the act, written at once after it.
 */
@ApplicationScoped
public class Outside {
    private static final int LINES_AT_ONCE = 100;

    private final AgroalDataSource database;
    private final MasterKey master;
    private final Clock clock;
    private final Path folder;
    private final Period keep;

    Outside(
            AgroalDataSource database,
            MasterKey master,
            Clock clock,
            @ConfigProperty(name = "habeas.erasures") Path folder,
            @ConfigProperty(name = "habeas.backups-kept") String keep) {
        this.database = database;
        this.master = master;
        this.clock = clock;
        this.folder = folder;
        this.keep = Period.parse(keep);
    }

    /** A line of the file, opened. Prints without what it says. */
    public record Line(long number, UUID id, Instant at, String kind, byte[] what) {
        @Override
        public String toString() {
            return "Line[" + number + ", " + kind + "]";
        }
    }

    private record Mark(UUID database, long line) {}

    /** Remembers something in the caller's transaction. */
    public void remember(String kind, byte[] what) {
        UUID id = UUID.randomUUID();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into outside_record (id, kind, at, sealed) values (?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, kind);
            insert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setBytes(4, cipher().encrypt(what, context(id, kind)));
            insert.executeUpdate();
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("what must outlive the database cannot be remembered", e);
        }
    }

    /** Writes down what was remembered, by one replica at a time. Nothing is written where the file is ahead. */
    public void write() {
        while (waiting() && !ahead() && writeSome() == LINES_AT_ONCE) {
            // until nothing waits
        }
    }

    private boolean waiting() {
        return with(connection -> {
            try (var rows = connection.createStatement().executeQuery("select 1 from outside_record limit 1")) {
                return rows.next();
            }
        });
    }

    private int writeSome() {
        return QuarkusTransaction.requiringNew()
                .call(() -> with(connection -> {
                    Mark mark = mark(connection, " for update");
                    List<OutsideFile.Sealed> lines = new ArrayList<>();
                    try (var delete = connection.prepareStatement(
                            "with gone as (delete from outside_record where id in (select id from outside_record order by"
                                    + " added limit ?) returning id, added, kind, at, sealed) select * from gone order by"
                                    + " added")) {
                        delete.setInt(1, LINES_AT_ONCE);
                        try (var rows = delete.executeQuery()) {
                            while (rows.next()) {
                                lines.add(new OutsideFile.Sealed(
                                        mark.line() + lines.size() + 1,
                                        rows.getObject(1, UUID.class),
                                        rows.getTimestamp(4).toInstant().toString(),
                                        rows.getString(3),
                                        rows.getBytes(5)));
                            }
                        }
                    }
                    if (!lines.isEmpty()) {
                        file(mark).add(lines);
                        move(connection, mark.line() + lines.size());
                    }
                    return lines.size();
                }));
    }

    /** Whether the file knows more than the database: that is older than what was written down. */
    public boolean ahead() {
        return with(connection -> {
            Mark mark = mark(connection, "");
            Optional<OutsideFile.Sealed> last = file(mark).last();
            return last.filter(l -> l.line() > mark.line() && !stillWaits(connection, l.id()))
                    .isPresent();
        });
    }

    /** A crash came between the file and the database: the line is there, and will be written once more. */
    private static boolean stillWaits(Connection connection, UUID id) {
        try (var select = connection.prepareStatement("select 1 from outside_record where id = ?")) {
            select.setObject(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the records for outside cannot be read", e);
        }
    }

    /** What the file knows and the database does not, in order. */
    public void missing(Consumer<Line> lines) {
        Mark mark = with(connection -> mark(connection, ""));
        file(mark).each(stored -> {
            if (stored.line() > mark.line()) {
                lines.accept(open(stored));
            }
            return true;
        });
    }

    /** Says in the caller's transaction that the database knows this line now; false where it did already. */
    public boolean known(Line line) {
        return with(connection -> {
            boolean fresh = mark(connection, " for update").line() < line.number();
            if (fresh) {
                move(connection, line.number());
            }
            return fresh;
        });
    }

    /** Lets go of lines that no backup is old enough to need any more. */
    void forget() {
        Instant before = clock.instant().atZone(ZoneOffset.UTC).minus(keep).toInstant();
        if (!ahead()) {
            QuarkusTransaction.requiringNew()
                    .run(() -> with(connection -> {
                        file(mark(connection, " for update")).forget(before);
                        return true;
                    }));
        }
    }

    private Line open(OutsideFile.Sealed line) {
        try {
            byte[] what = cipher().decrypt(line.sealed(), context(line.id(), line.kind()));
            return new Line(line.line(), line.id(), Instant.parse(line.at()), line.kind(), what);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("line " + line.line() + " in " + folder + " was changed", e);
        }
    }

    private AesGcmJce cipher() throws GeneralSecurityException {
        return new AesGcmJce(master.derive("outside"));
    }

    private static byte[] context(UUID id, String kind) {
        return (kind + ":" + id).getBytes(StandardCharsets.UTF_8);
    }

    private OutsideFile file(Mark mark) {
        return new OutsideFile(folder.resolve(mark.database() + ".jsonl"));
    }

    private static Mark mark(Connection connection, String lock) throws SQLException {
        try (var select = connection.createStatement();
                var rows = select.executeQuery("select database, line from outside_mark" + lock)) {
            rows.next();
            return new Mark(rows.getObject(1, UUID.class), rows.getLong(2));
        }
    }

    private static void move(Connection connection, long line) throws SQLException {
        try (var update = connection.prepareStatement("update outside_mark set line = ?")) {
            update.setLong(1, line);
            update.executeUpdate();
        }
    }

    private interface Asked<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T with(Asked<T> asked) {
        try (Connection connection = database.getConnection()) {
            return asked.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("what must outlive the database cannot be read or written", e);
        }
    }
}
