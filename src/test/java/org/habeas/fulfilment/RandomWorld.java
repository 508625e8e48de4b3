package org.habeas.fulfilment;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.habeas.connector.Mapped;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.FieldAddress;
import org.habeas.datamap.FieldReference;
import org.habeas.datamap.FieldReference.Direction;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedCollection.OnErasure;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;

/**
 * Tables, rows and a map, all at random: several people, one or two systems, keys of every kind, references that are foreign
 * keys or are not, circles, nulls, equal rows, retention. Knows nothing of the engine.
 */
final class RandomWorld {
    static final List<String> PEOPLE = List.of("ada@x.org", "bea@x.org", "cato@x.org");

    enum KeyKind {
        ONE,
        TWO,
        NONE
    }

    enum Rule {
        NONE,
        RESTRICT,
        CASCADE,
        SET_NULL
    }

    /** Columns of a table that hold the key of another; with a foreign key in the database, or without one. */
    record Ref(Table from, Table to, List<String> columns, Direction direction, Rule rule) {
        List<String> named() {
            return to.keys();
        }
    }

    static final class Table {
        final String system;
        final String name;
        final KeyKind key;
        final boolean email;
        final boolean personal;
        final boolean dated;
        final OnErasure onErasure;
        final List<Ref> refs = new ArrayList<>();
        final List<Map<String, Object>> rows = new ArrayList<>();

        Table(String system, String name, boolean first, Random random) {
            this.system = system;
            this.name = name;
            this.key = KeyKind.values()[new int[] {0, 0, 0, 1, 2}[random.nextInt(5)]];
            this.email = first || random.nextInt(4) == 0;
            this.personal = random.nextInt(4) > 0;
            this.dated = random.nextInt(4) == 0;
            this.onErasure = switch (random.nextInt(10)) {
                case 0 -> new OnErasure.Keep("because");
                case 1 -> new OnErasure.Mask();
                default -> new OnErasure.Delete();};
        }

        List<String> keys() {
            return switch (key) {
                case ONE -> List.of("id");
                case TWO -> List.of("k1", "k2");
                case NONE -> List.of();
            };
        }

        List<String> columns() {
            List<String> columns = new ArrayList<>(keys());
            if (email) {
                columns.add("email");
            }
            columns.add("name");
            if (dated) {
                columns.add("day");
            }
            refs.forEach(r -> columns.addAll(r.columns()));
            return columns;
        }

        @Override
        public String toString() {
            return system + "." + name;
        }
    }

    final Random random;
    final List<String> systems = new ArrayList<>();
    final List<Table> tables = new ArrayList<>();

    RandomWorld(long seed) {
        random = new Random(seed);
        systems.add("s0");
        if (random.nextInt(3) == 0) {
            systems.add("s1");
        }
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            tables.add(new Table(systems.get(random.nextInt(systems.size())), "t" + i, i == 0, random));
        }
        tables.forEach(this::refer);
        tables.forEach(this::fill);
        tables.forEach(this::point);
    }

    private void refer(Table table) {
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Table to = tables.get(random.nextInt(tables.size()));
            if (to.key == KeyKind.NONE) {
                continue;
            }
            List<String> columns = new ArrayList<>();
            for (int c = 0; c < to.keys().size(); c++) {
                columns.add("r" + i + c);
            }
            boolean foreign = to.system.equals(table.system) && random.nextInt(3) > 0;
            Rule rule = !foreign
                    ? Rule.NONE
                    : switch (random.nextInt(8)) {
                        case 0 -> Rule.CASCADE;
                        case 1 -> Rule.SET_NULL;
                        default -> Rule.RESTRICT;
                    };
            Direction direction = Direction.values()[random.nextInt(3)];
            boolean twice = table.refs.stream().anyMatch(r -> r.to() == to && to.key == KeyKind.TWO);
            if (!twice) {
                table.refs.add(new Ref(table, to, columns, direction, rule));
            }
        }
    }

    private void fill(Table table) {
        int count = (table == tables.get(0) ? 1 : 0) + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            if (table.key == KeyKind.ONE) {
                row.put("id", i);
            } else if (table.key == KeyKind.TWO) {
                row.put("k1", i / 2);
                row.put("k2", i % 2 == 0 ? "" : "b");
            }
            if (table.email) {
                String who = PEOPLE.get(i == 0 ? 0 : random.nextInt(PEOPLE.size()));
                row.put(
                        "email",
                        table == tables.get(0) && i == 0
                                ? who
                                : random.nextInt(6) == 0 ? null : random.nextInt(3) == 0 ? who.toUpperCase() : who);
            }
            row.put("name", random.nextInt(5) == 0 ? null : "n" + random.nextInt(2));
            if (table.dated) {
                row.put("day", random.nextInt(6) == 0 ? null : random.nextBoolean() ? "2026-01-01" : "2001-01-01");
            }
            table.rows.add(row);
        }
    }

    private void point(Table table) {
        for (Ref ref : table.refs) {
            for (Map<String, Object> row : table.rows) {
                Map<String, Object> target = ref.to().rows.isEmpty() || random.nextInt(4) == 0
                        ? null
                        : ref.to().rows.get(random.nextInt(ref.to().rows.size()));
                for (int i = 0; i < ref.columns().size(); i++) {
                    Object value =
                            target == null ? null : target.get(ref.named().get(i));
                    boolean dangling = target == null && ref.rule() == Rule.NONE && random.nextInt(3) == 0;
                    // without a foreign key the pointer is text, whatever it points at
                    Object held =
                            dangling ? "77" : value == null ? null : ref.rule() == Rule.NONE ? value.toString() : value;
                    row.put(ref.columns().get(i), held);
                }
            }
        }
    }

    // ---- as a database

    private static String type(Table table, String column) {
        for (Ref ref : table.refs) {
            int at = ref.columns().indexOf(column);
            if (at >= 0) {
                return ref.rule() == Rule.NONE
                        ? "varchar(50)"
                        : type(ref.to(), ref.named().get(at)).replace(" not null", "");
            }
        }
        return switch (column) {
            case "id", "k1" -> "int not null";
            case "k2" -> "varchar(50) not null";
            case "day" -> "date";
            default -> "varchar(50)";
        };
    }

    void create(String system, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Table table : tables) {
                if (table.system.equals(system)) {
                    List<String> parts = new ArrayList<>();
                    table.columns().forEach(c -> parts.add("\"" + c + "\" " + type(table, c)));
                    if (table.key != KeyKind.NONE) {
                        parts.add("primary key (" + quoted(table.keys()) + ")");
                    }
                    statement.execute("create table \"" + table.name + "\" (" + String.join(", ", parts) + ")");
                    insert(table, connection);
                }
            }
            for (Table table : tables) {
                for (Ref ref : table.refs) {
                    if (table.system.equals(system) && ref.rule() != Rule.NONE) {
                        statement.execute("alter table \"" + table.name + "\" add foreign key (" + quoted(ref.columns())
                                + ") references \"" + ref.to().name + "\" (" + quoted(ref.named()) + ")"
                                + switch (ref.rule()) {
                                    case CASCADE -> " on delete cascade";
                                    case SET_NULL -> " on delete set null";
                                    default -> "";
                                });
                    }
                }
            }
        }
    }

    private static void insert(Table table, Connection connection) throws SQLException {
        List<String> columns = table.columns();
        String sql = "insert into \"" + table.name + "\" (" + quoted(columns) + ") values ("
                + String.join(
                        ", ",
                        columns.stream()
                                .map(c -> c.equals("day") ? "cast(? as date)" : "?")
                                .toList()) + ")";
        try (var insert = connection.prepareStatement(sql)) {
            for (Map<String, Object> row : table.rows) {
                for (int i = 0; i < columns.size(); i++) {
                    Object value = row.get(columns.get(i));
                    if (value == null) {
                        insert.setNull(
                                i + 1,
                                java.sql.Types.VARCHAR == type(value) ? java.sql.Types.VARCHAR : java.sql.Types.NULL);
                    } else {
                        insert.setObject(i + 1, value);
                    }
                }
                insert.addBatch();
            }
            if (!table.rows.isEmpty()) {
                insert.executeBatch();
            }
        }
    }

    private static int type(Object value) {
        return java.sql.Types.NULL;
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(n -> "\"" + n + "\"").toList());
    }

    /** Every row of every table, as text, sorted. */
    Map<String, List<String>> dump(String system, Connection connection) throws SQLException {
        Map<String, List<String>> dump = new TreeMap<>();
        for (Table table : tables) {
            if (!table.system.equals(system)) {
                continue;
            }
            List<String> rows = new ArrayList<>();
            try (var select = connection.prepareStatement(
                            "select " + quoted(table.columns()) + " from \"" + table.name + "\"");
                    var found = select.executeQuery()) {
                while (found.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (String column : table.columns()) {
                        row.put(column, found.getString(column));
                    }
                    rows.add(row.toString());
                }
            }
            dump.put(table.toString(), rows.stream().sorted().toList());
        }
        return dump;
    }

    // ---- as a data map

    DataMap map(DataMap like, List<SystemEntry> entries) {
        List<Dataset> datasets = new ArrayList<>();
        for (String system : systems) {
            List<MappedCollection> collections = new ArrayList<>();
            tables.stream().filter(t -> t.system.equals(system)).forEach(t -> collections.add(collection(t)));
            datasets.add(new Dataset(system, system, collections, Position.NONE));
        }
        return new DataMap(like.organisation(), entries, datasets, like.rules());
    }

    private static MappedCollection collection(Table table) {
        Mapped mapped = Mapped.collection(table.system, table.name).onErasure(table.onErasure);
        table.keys().forEach(mapped::key);
        if (table.email) {
            mapped.field("email", false, "email", List.of(), List.of(), null, false, true);
        }
        if (table.personal) {
            mapped.personal("name", "user.name");
        } else {
            mapped.plain("name");
        }
        if (table.dated) {
            mapped.plain("day").retained("one-year", "day");
        }
        for (Ref ref : table.refs) {
            for (int i = 0; i < ref.columns().size(); i++) {
                var other = new FieldAddress(
                        ref.to().system, ref.to().name, ref.named().get(i));
                mapped.field(
                        ref.columns().get(i),
                        false,
                        null,
                        List.of(),
                        List.of(new FieldReference(other, ref.direction())),
                        null,
                        false,
                        true);
            }
        }
        return mapped.done();
    }

    Optional<Table> table(String name) {
        return tables.stream().filter(t -> t.name.equals(name)).findFirst();
    }
}
