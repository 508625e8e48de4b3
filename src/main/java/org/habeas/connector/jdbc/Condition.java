package org.habeas.connector.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.habeas.connector.Catalogue.Column;
import org.habeas.connector.Catalogue.Place;
import org.habeas.connector.Conversion;
import org.habeas.connector.Key;
import org.habeas.connector.Matching;
import org.habeas.connector.Normal;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.ValueType;
import org.habeas.connector.Values;
import org.habeas.datamap.MappedField;

/**
 * The condition that some fields together equal one of the keys. Keys that cannot be are left out before; without any
 * left there is no condition and nothing to ask: a look-up never widens.
 */
final class Condition {
    private final Shape shape;
    private final List<String> fields;

    Condition(Shape shape, List<String> fields) {
        this.shape = shape;
        this.fields = fields;
    }

    /** The condition for these keys, or empty where none of them can match. */
    Optional<Sql> on(List<Key> keys) {
        List<Key> whole = keys.stream().filter(k -> !k.hasNull()).toList();
        if (fields.size() == 1) {
            return single(
                    fields.get(0), whole.stream().map(k -> k.values().get(0)).toList());
        }
        return shape.dialect == Dialect.POSTGRES && plain() ? together(whole) : oneByOne(whole);
    }

    /** A test of rows by what databases with loose collations let through; PostgreSQL needs none. */
    Optional<java.util.function.Predicate<Row>> again(List<Key> keys) {
        boolean simple = fields.stream()
                .map(shape::place)
                .allMatch(p -> p.path().isEmpty() && !p.column().array());
        if (shape.dialect == Dialect.POSTGRES || !simple) {
            return Optional.empty();
        }
        Set<List<String>> wanted = new HashSet<>();
        keys.forEach(k -> wanted.addAll(tuples(k.values())));
        return Optional.of(row -> {
            List<Object> values = fields.stream().map(row::value).collect(java.util.stream.Collectors.toList());
            return tuples(values).stream().anyMatch(wanted::contains);
        });
    }

    private List<List<String>> tuples(List<Object> values) {
        List<List<String>> tuples = new ArrayList<>();
        tuples.add(List.of());
        for (int i = 0; i < fields.size(); i++) {
            List<String> forms =
                    Normal.forms(shape.field(fields.get(i)), Optional.of(shape.place(fields.get(i))), values.get(i));
            List<List<String>> longer = new ArrayList<>();
            for (List<String> tuple : tuples) {
                for (String form : forms) {
                    List<String> more = new ArrayList<>(tuple);
                    more.add(form);
                    longer.add(more);
                }
            }
            tuples = longer;
        }
        return tuples;
    }

    // ---- several fields

    private boolean plain() {
        return fields.stream().allMatch(f -> {
            Place place = shape.place(f);
            return place.path().isEmpty()
                    && !place.column().array()
                    && place.column().value() != ValueType.JSON
                    && matching(f) != Matching.PHONE;
        });
    }

    /** A row of values in a list of such rows, sent as one array a column. */
    private Optional<Sql> together(List<Key> keys) {
        List<List<String>> columns = new ArrayList<>();
        fields.forEach(f -> columns.add(new ArrayList<>()));
        for (Key key : keys) {
            List<List<String>> forms = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                forms.add(texts(fields.get(i), key.values().get(i)));
            }
            if (forms.stream().noneMatch(List::isEmpty)) {
                spread(forms, columns);
            }
        }
        if (columns.get(0).isEmpty()) {
            return Optional.empty();
        }
        Sql sql = Sql.of("(" + String.join(", ", fields.stream().map(this::left).toList()) + ") in (select "
                + String.join(", ", indexed("right", i -> right("x.k" + i, fields.get(i)))) + " from unnest(");
        for (int i = 0; i < fields.size(); i++) {
            sql.add(i == 0 ? "cast(? as text[])" : ", cast(? as text[])", (Object)
                    columns.get(i).toArray(String[]::new));
        }
        return Optional.of(sql.add(") as x(" + String.join(", ", indexed("k", i -> "k" + i)) + "))"));
    }

    private List<String> indexed(String what, java.util.function.IntFunction<String> text) {
        return java.util.stream.IntStream.range(0, fields.size()).mapToObj(text).toList();
    }

    /** Every combination of the forms that the values of one key have. */
    private static void spread(List<List<String>> forms, List<List<String>> columns) {
        int combinations = forms.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
        for (int n = 0; n < combinations; n++) {
            int rest = n;
            for (int i = 0; i < forms.size(); i++) {
                List<String> form = forms.get(i);
                columns.get(i).add(form.get(rest % form.size()));
                rest /= form.size();
            }
        }
    }

    private Optional<Sql> oneByOne(List<Key> keys) {
        List<Sql> alternatives = new ArrayList<>();
        for (Key key : keys) {
            List<Sql> parts = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                single(fields.get(i), List.of(key.values().get(i))).ifPresent(parts::add);
            }
            if (parts.size() == fields.size()) {
                alternatives.add(Sql.of("(").add(Sql.joined(parts, " and ")).add(")"));
            }
        }
        return alternatives.isEmpty()
                ? Optional.empty()
                : Optional.of(Sql.of("(").add(Sql.joined(alternatives, " or ")).add(")"));
    }

    // ---- one field

    private Optional<Sql> single(String field, List<Object> keys) {
        Set<Object> forms = new LinkedHashSet<>();
        for (Object key : keys) {
            if (shape.dialect == Dialect.POSTGRES) {
                forms.addAll(texts(field, key));
            } else {
                forms.addAll(typed(field, key));
            }
        }
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                shape.dialect == Dialect.POSTGRES
                        ? postgres(field, forms.toArray(String[]::new))
                        : listed(field, List.copyOf(forms)));
    }

    private Sql postgres(String field, String[] forms) {
        Place place = shape.place(field);
        Column column = place.column();
        String name = column(column);
        if (!place.path().isEmpty()) {
            return Sql.of(
                    "exists (select 1 from jsonb_path_query(to_jsonb(" + name + "), cast(? as jsonpath)) v where "
                            + text("(v #>> '{}')", matching(field)) + " = any(" + array("text", matching(field)) + "))",
                    jsonPath(place.path()),
                    forms);
        }
        boolean byText = column.value() == ValueType.OTHER;
        if (column.array() && (byText || column.value() == ValueType.JSON || matching(field) != Matching.EXACT)) {
            return Sql.of(
                    "exists (select 1 from unnest(" + name + ") e where " + text("e::text", matching(field)) + " = any("
                            + array("text", matching(field)) + "))",
                    (Object) forms);
        }
        if (column.array()) {
            return Sql.of(name + " && cast(cast(? as text[]) as " + column.type() + "[])", (Object) forms);
        }
        boolean lowered = textMatching(field) == Matching.EMAIL && !column.ignoresCase();
        String type = lowered ? "text" : rightType(column);
        return Sql.of(left(field) + " = any(" + array(type, textMatching(field)) + ")", (Object) forms);
    }

    private Sql listed(String field, List<Object> forms) {
        Place place = shape.place(field);
        String marks = "?" + ", ?".repeat(forms.size() - 1);
        if (place.path().isEmpty()) {
            return Sql.of(left(field) + " in (" + marks + ")", forms.toArray());
        }
        if (shape.dialect != Dialect.MYSQL) {
            throw new SystemFailure(
                    shape.system,
                    SystemFailure.Kind.NOT_THERE,
                    "This database cannot be searched by the nested field " + field);
        }
        Sql sql = Sql.of(
                text("json_unquote(json_extract(" + column(place.column()) + ", ?))", matching(field)) + " in (" + marks
                        + ")",
                jsonPath(place.path()));
        return sql.add("", forms.toArray());
    }

    // ---- sides of the comparison

    /** The column, in the form in which it is compared. */
    private String left(String field) {
        Column column = shape.place(field).column();
        String name = column(column);
        if (shape.dialect == Dialect.POSTGRES && column.value() == ValueType.OTHER) {
            return name + "::text";
        }
        if (shape.dialect == Dialect.POSTGRES && column.value() == ValueType.JSON) {
            return name + "::jsonb";
        }
        return column.ignoresCase() && matching(field) == Matching.EMAIL ? name : text(name, textMatching(field));
    }

    private String right(String key, String field) {
        Column column = shape.place(field).column();
        String cast = "cast(" + key + " as " + rightType(column) + ")";
        return textMatching(field) == Matching.EMAIL && !column.ignoresCase() ? "lower(" + cast + ")" : cast;
    }

    private String array(String type, Matching matching) {
        return matching == Matching.EMAIL && type.equals("text")
                ? "array(select lower(x) from unnest(cast(? as text[])) x)"
                : type.equals("text") ? "cast(? as text[])" : "cast(cast(? as text[]) as " + type + "[])";
    }

    private String rightType(Column column) {
        return switch (column.value()) {
            case OTHER -> "text";
            case JSON -> "jsonb";
            case TEXT -> column.type().equals("character varying") ? "text" : column.type();
            default -> column.type();
        };
    }

    /** A telephone number is compared without what people put between the digits. */
    private static String text(String name, Matching matching) {
        return switch (matching) {
            case EXACT -> name;
            case EMAIL -> "lower(" + name + ")";
            case PHONE -> "replace(replace(replace(replace(replace(replace(replace(" + name
                    + ", ' ', ''), '\u00a0', ''), '-', ''), '.', ''), '(', ''), ')', ''), '/', '')";
        };
    }

    private String column(Column column) {
        return "t." + shape.dialect.name(column.name());
    }

    private Matching matching(String field) {
        return Matching.of(shape.field(field));
    }

    /** Only text is compared as addresses and numbers are; a number is a number. */
    private Matching textMatching(String field) {
        return shape.place(field).column().value() == ValueType.TEXT ? matching(field) : Matching.EXACT;
    }

    // ---- forms of a key

    private List<String> texts(String field, Object key) {
        return typed(field, key).stream().map(Columns::postgresText).toList();
    }

    private List<Object> typed(String field, Object key) {
        if (key instanceof List<?> list) {
            return list.stream().flatMap(k -> typed(field, k).stream()).toList();
        }
        Place place = shape.place(field);
        MappedField mapped = shape.field(field);
        boolean text = !place.path().isEmpty() || place.column().value() == ValueType.TEXT;
        if (text && Matching.of(mapped) == Matching.EMAIL && shape.dialect == Dialect.POSTGRES) {
            return storable(Values.texts(key));
        }
        List<String> forms = Normal.forms(mapped, Optional.of(place), key);
        if (text && Matching.of(mapped) == Matching.PHONE) {
            return storable(forms.stream()
                    .flatMap(f -> java.util.stream.Stream.of(f, f.startsWith("+") ? "00" + f.substring(1) : f)
                            .distinct())
                    .toList());
        }
        if (text) {
            return storable(forms);
        }
        return Conversion.to(
                        place.column(),
                        mapped.exactMatch() || Matching.of(mapped) != Matching.PHONE ? key : digits(forms))
                .stream()
                .map(v -> Columns.bindable(v, shape.dialect))
                .toList();
    }

    private static Object digits(List<String> forms) {
        return forms.isEmpty() ? null : forms.get(0);
    }

    private static List<Object> storable(List<String> texts) {
        return texts.stream()
                .filter(t -> t.indexOf('\0') < 0
                        && java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(t))
                .map(t -> (Object) t)
                .toList();
    }

    private String jsonPath(List<String> path) {
        StringBuilder text = new StringBuilder("$");
        path.forEach(p -> text.append('.').append(Values.json(p)));
        return shape.dialect == Dialect.POSTGRES ? text.append("[*]").toString() : text.toString();
    }
}
