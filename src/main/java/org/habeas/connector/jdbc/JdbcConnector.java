package org.habeas.connector.jdbc;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.connector.Batch;
import org.habeas.connector.BulkPurge;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Connector;
import org.habeas.connector.Conversion;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Objection;
import org.habeas.connector.Outcome;
import org.habeas.connector.Purge;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.SystemEntry;

/**
 * A database. Reading and erasing may have accounts of their own ({@code erase_username}, {@code erase_password});
 * {@code statement_timeout} and {@code lock_timeout} are ISO 8601 durations, one minute and five seconds by default.
 */
public final class JdbcConnector implements Connector {
    private static final long CATALOGUE_FOR = TimeUnit.SECONDS.toNanos(60);

    private final String system;
    private final Optional<String> schema;
    private final Dialect dialect;
    private final Reader reader;
    private final Pool reading;
    private final Pool erasing;
    private volatile Catalogue catalogue;
    private volatile long readAt;
    /** As old as the catalogue. */
    private volatile Privileges privileges;

    /** Opens databases; further drivers come from {@code HABEAS_HOME/drivers}. */
    @ApplicationScoped
    static class Databases implements Factory {
        private final Drivers drivers;

        Databases(@ConfigProperty(name = "habeas.home") String home) {
            this.drivers = new Drivers(Path.of(home, "drivers"));
        }

        @Override
        public SystemEntry.Kind kind() {
            return SystemEntry.Kind.JDBC;
        }

        @Override
        public Connector open(SystemEntry system, Dataset dataset) {
            return new JdbcConnector(system, drivers);
        }
    }

    private JdbcConnector(SystemEntry entry, Drivers drivers) {
        String url = entry.url()
                .orElseThrow(() -> new SystemFailure(
                        entry.name(), SystemFailure.Kind.NOT_THERE, "The system has no address (url)"));
        Duration statement = duration(entry, "statement_timeout", Duration.ofMinutes(1));
        Duration lock = duration(entry, "lock_timeout", Duration.ofSeconds(5));
        system = entry.name();
        schema = entry.schema();
        dialect = Dialect.of(url);
        reader = new Reader(dialect.fetchSize(url));
        reading = new Pool(system, url, entry.username(), entry.password(), statement, lock, drivers);
        Optional<String> eraser = setting(entry, "erase_username");
        erasing = eraser.isPresent()
                ? new Pool(system, url, eraser, setting(entry, "erase_password"), statement, lock, drivers)
                : reading;
    }

    /** A connector that belongs to no running portal: for the subcommands and tests. */
    public static JdbcConnector of(SystemEntry entry, Path home) {
        return new JdbcConnector(entry, new Drivers(home.resolve("drivers")));
    }

    private static Optional<String> setting(SystemEntry entry, String name) {
        return entry.settings() == null || !entry.settings().hasNonNull(name)
                ? Optional.empty()
                : Optional.of(entry.settings().get(name).asText());
    }

    private static Duration duration(SystemEntry entry, String name, Duration otherwise) {
        return setting(entry, name).map(Duration::parse).orElse(otherwise);
    }

    @Override
    public void check() {
        reading.read(c -> c.isValid(5));
        if (erasing != reading) {
            erasing.read(c -> c.isValid(5));
        }
    }

    @Override
    public Catalogue catalogue() {
        Catalogue fresh = reading.read(c -> CatalogueReader.of(dialect).read(c, schema));
        catalogue = fresh;
        privileges = null;
        readAt = System.nanoTime();
        return fresh;
    }

    @Override
    public Catalogue recentCatalogue() {
        Catalogue known = catalogue;
        return known != null && System.nanoTime() - readAt < CATALOGUE_FOR ? known : catalogue();
    }

    private Shape shape(org.habeas.datamap.MappedCollection collection) {
        return Shape.of(system, dialect, recentCatalogue(), collection);
    }

    @Override
    public void together(Runnable questions) {
        if (erasing == reading) {
            reading.together(questions);
        } else {
            reading.together(() -> erasing.together(questions));
        }
    }

    @Override
    public void find(Lookup lookup, Predicate<Row> rows) {
        Shape shape = shape(lookup.collection());
        reading.read(c -> {
            reader.find(c, shape, lookup, rows);
            return null;
        });
    }

    @Override
    public void each(org.habeas.datamap.MappedCollection collection, Predicate<Row> rows) {
        Shape shape = shape(collection);
        reading.read(c -> {
            reader.each(c, shape, rows);
            return null;
        });
    }

    @Override
    public List<Long> count(Lookup lookup, long most) {
        Shape shape = shape(lookup.collection());
        return reading.read(c -> reader.count(c, shape, lookup, most));
    }

    @Override
    public void due(Due due, Predicate<Row> rows) {
        Shape shape = shape(due.collection());
        reading.read(c -> {
            reader.due(c, shape, due, rows);
            return null;
        });
    }

    @Override
    public long count(Due due) {
        Shape shape = shape(due.collection());
        return reading.read(c -> Reader.count(c, shape, due));
    }

    @Override
    public void pointing(Catalogue.ForeignKey foreignKey, List<Key> keys, Predicate<Row> rows) {
        Catalogue.Table table = recentCatalogue()
                .qualified(foreignKey.table())
                .orElseThrow(() -> new SystemFailure(
                        system, SystemFailure.Kind.NOT_THERE, "There is no table " + foreignKey.table()));
        Shape shape = Shape.bare(system, dialect, table, foreignKey.columns());
        reading.read(c -> {
            for (List<Key> some : Reader.chunks(keys, 200)) {
                if (!pointing(c, shape, foreignKey, some, rows)) {
                    break;
                }
            }
            return null;
        });
    }

    private boolean pointing(
            Connection connection, Shape shape, Catalogue.ForeignKey foreignKey, List<Key> keys, Predicate<Row> rows)
            throws SQLException {
        List<Sql> alternatives = new ArrayList<>();
        for (Key key : keys) {
            List<Sql> parts = new ArrayList<>();
            for (int i = 0; i < foreignKey.columns().size(); i++) {
                Catalogue.Column column =
                        shape.table.column(foreignKey.columns().get(i)).orElseThrow();
                parts.add(Columns.exactly(dialect, column, key.values().get(i)));
            }
            alternatives.add(Sql.of("(").add(Sql.joined(parts, " and ")).add(")"));
        }
        Sql sql = single(shape, foreignKey, keys)
                .orElseGet(
                        () -> Sql.of("(").add(Sql.joined(alternatives, " or ")).add(")"));
        Sql select = Sql.of("select " + shape.selected() + " from " + shape.from() + " where ")
                .add(sql);
        try (PreparedStatement statement = select.prepare(connection)) {
            statement.setFetchSize(500);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    if (!rows.test(shape.row(found))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private Optional<Sql> single(Shape shape, Catalogue.ForeignKey foreignKey, List<Key> keys) {
        if (dialect != Dialect.POSTGRES || foreignKey.columns().size() != 1) {
            return Optional.empty();
        }
        Catalogue.Column column =
                shape.table.column(foreignKey.columns().get(0)).orElseThrow();
        String[] texts = keys.stream()
                .flatMap(k -> Conversion.to(column, k.values().get(0)).stream().limit(1))
                .map(Columns::postgresText)
                .toArray(String[]::new);
        return Optional.of(Sql.of(
                "t." + dialect.name(column.name()) + " = any(cast(cast(? as text[]) as " + column.type() + "[]))",
                (Object) texts));
    }

    @Override
    public List<Objection> objections(Batch batch) {
        Shape shape = shape(batch.collection());
        return erasing.read(c -> new Judge(c, shape, privileges(c)).judge(batch));
    }

    private Privileges privileges(Connection connection) throws SQLException {
        Privileges known = privileges;
        if (known == null) {
            known = Privileges.of(connection, dialect);
            privileges = known;
        }
        return known;
    }

    @Override
    public List<Objection> rehearse(List<Batch> batches) {
        if (dialect != Dialect.POSTGRES) {
            return List.of();
        }
        List<Shape> shapes = batches.stream().map(b -> shape(b.collection())).toList();
        List<Objection> objections = new ArrayList<>();
        try {
            erasing.write(c -> {
                objections.addAll(Judge.rehearse(c, batches, shapes));
                throw new Undo();
            });
        } catch (Undo e) {
            return objections;
        }
        throw new IllegalStateException("a rehearsal was not undone");
    }

    /** Rolls the rehearsal back. */
    private static final class Undo extends RuntimeException {
        Undo() {
            super("undo", null, false, false);
        }
    }

    @Override
    public Outcome apply(Batch batch) {
        return applyTogether(List.of(batch)).get(0);
    }

    @Override
    public List<Outcome> applyTogether(List<Batch> batches) {
        List<Shape> shapes = batches.stream().map(b -> shape(b.collection())).toList();
        List<Outcome> outcomes = new ArrayList<>();
        try {
            return erasing.write(c -> {
                if (batches.size() > 1 && dialect == Dialect.POSTGRES) {
                    try (PreparedStatement defer = c.prepareStatement("set constraints all deferred")) {
                        defer.execute();
                    }
                }
                for (int i = 0; i < batches.size(); i++) {
                    Outcome outcome = new Writer(c, shapes.get(i)).apply(batches.get(i));
                    outcomes.add(outcome);
                    if (outcome instanceof Outcome.Moved) {
                        throw new Undo();
                    }
                }
                return outcomes;
            });
        } catch (Undo e) {
            return List.of(outcomes.get(outcomes.size() - 1));
        }
    }

    @Override
    public List<Integer> purge(List<Purge> steps) {
        List<Shape> shapes = steps.stream().map(s -> shape(s.collection())).toList();
        return erasing.write(c -> {
            if (steps.size() > 1 && dialect == Dialect.POSTGRES) {
                try (PreparedStatement defer = c.prepareStatement("set constraints all deferred")) {
                    defer.execute();
                }
            }
            List<Integer> gone = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                gone.add(new Purger(c, shapes.get(i)).purge(steps.get(i)));
            }
            return gone;
        });
    }

    @Override
    public Optional<BulkPurge> purgeAll(Due due, long rows) {
        return PostgresBulk.of(erasing, shape(due.collection()), due, rows);
    }

    @Override
    public boolean purged(String receipt) {
        return PostgresBulk.committed(erasing, system, receipt);
    }

    @Override
    public void close() {
        reading.close();
        erasing.close();
    }
}
