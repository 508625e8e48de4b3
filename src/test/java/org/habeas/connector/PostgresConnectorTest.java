package org.habeas.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.connector.Batch.Change;
import org.habeas.connector.jdbc.JdbcConnector;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every awkward thing a PostgreSQL schema can be, each with a table of its own; others' rows lie beside hers. */
class PostgresConnectorTest {
    private static final String URL = TestDatabases.fresh();
    private static Connector connector;

    @BeforeAll
    static void open() {
        TestDatabases.execute(
                URL,
                """
                create extension citext;
                create schema "Sales";
                create type mood as enum ('happy', 'sad');
                create domain code as varchar(10) not null;
                create table "Sales"."Order" ("User" text, "select" int, "weird "" name" text, primary key ("User", "select"));
                insert into "Sales"."Order" values ('a', 0, 'hers'), ('a', 1, 'b'), ('', 0, 'empty'), ('b', 0, 'c');
                create table everything (id bigint primary key, big numeric(40, 5), small smallint, f4 real, f8 double precision,
                    ok boolean, day date, clock time, stamp timestamp, moment timestamptz, uid uuid, raw bytea, doc jsonb,
                    old json, feel mood, tags text[], numbers int[], fixed char(5), ci citext, ip inet, span interval, c code,
                    total numeric generated always as (small * 2) stored);
                insert into everything (id, big, small, f4, f8, ok, day, clock, stamp, moment, uid, raw, doc, old, feel, tags,
                    numbers, fixed, ci, ip, span, c) values
                    (9007199254740993, 12345678901234567890123456789.12345, 7, 0.1, 0.1, true, '2024-02-29', '10:11:12.5',
                     '2024-02-29 10:11:12.123456', '2024-02-29 10:11:12+02', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '\\xdeadbeef',
                     '{"a": {"b": [{"mail": "Ada@Example.org"}, {"mail": "x"}]}, "n": 12345678901234567890}', '{"z": 1}', 'happy',
                     '{a,"b c"}', '{1,2}', 'ab', 'MiXed', '10.0.0.1', '1 day', 'code'),
                    (1, null, null, null, null, null, 'infinity', null, null, null, null, null, null, null, null, null, null,
                     null, null, null, null, 'x');
                create table mail (id int primary key, email varchar(100), phone text, digits bigint);
                create index on mail (lower(email));
                insert into mail values (1, 'Ada@Example.org', '+47 912 34 567', 4791234567), (2, 'bea@example.org', '0047-91234567', 1),
                    (3, null, '91234567', null), (4, 'ada@example.orgx', '', 0);
                create table nokey (a int, b text, c jsonb, d float8);
                insert into nokey values (1, 'x', '{"k": 1}', 0.1), (1, 'x', '{"k": 1}', 0.1), (1, 'x', '{"k": 1}', 0.1), (1, null, null, null),
                    (2, 'x', null, 1);
                create table parts (id int, day date, who text, primary key (id, day)) partition by range (day);
                create table parts_2024 partition of parts for values from ('2024-01-01') to ('2025-01-01');
                create table parts_rest partition of parts default;
                insert into parts values (1, '2024-05-05', 'ada'), (1, '2025-05-05', 'ada'), (2, '2024-05-05', 'bea');
                create view seen as select id, email from mail;
                create table heap (id int, at date) partition by hash (id);
                create table heap0 partition of heap for values with (modulus 2, remainder 0);
                create table heap1 partition of heap for values with (modulus 2, remainder 1);
                insert into heap values (1, '2020-01-01'), (1, '2020-01-01'), (2, null), (3, '2024-01-01');
                create table limits (id int primary key, email text unique, age int check (age > 17), name varchar(5) not null,
                    parent int references limits (id) on delete cascade deferrable);
                insert into limits values (1, 'a', 20, 'a', null), (2, 'b', 21, 'b', 1);
                """);
        connector = JdbcConnector.of(Mapped.system("db", URL), Path.of("target"));
    }

    @AfterAll
    static void close() {
        connector.close();
    }

    private static List<Row> find(MappedCollection collection, List<String> fields, Key... keys) {
        List<Row> found = new ArrayList<>();
        connector.find(new Lookup(collection, fields, List.of(keys)), found::add);
        return found;
    }

    private static List<Object> ids(MappedCollection collection, String field, Object... keys) {
        return find(collection, List.of(field), Arrays.stream(keys).map(Key::of).toArray(Key[]::new)).stream()
                .map(r -> r.key().values().get(0))
                .toList();
    }

    @Test
    void namesInMixedCaseReservedWordsAndCompositeKeysAreWhole() {
        var order = Mapped.collection("db", "Sales.Order")
                .key("User")
                .key("select")
                .plain("weird \" name")
                .done();
        var found = find(order, List.of("User", "select"), Key.of("a", 0L), Key.of("", 0L), Key.of(null, 0L));
        assertEquals(2, found.size());
        assertEquals(
                List.of("hers", "empty"),
                found.stream()
                                .map(r -> r.value("weird \" name"))
                                .sorted()
                                .toList()
                                .equals(List.of("empty", "hers"))
                        ? List.of("hers", "empty")
                        : List.of());
        assertEquals(List.of(), find(order, List.of("User", "select"), Key.of("a", "x"), Key.of("a", 7L)));
    }

    @Test
    void everyTypeIsReadWithoutLossAndFoundByItsValue() {
        var all = Mapped.collection("db", "everything")
                .key("id")
                .plain("big", "small", "f4", "f8", "ok", "day", "clock")
                .plain(
                        "stamp", "moment", "uid", "raw", "doc", "old", "feel", "tags", "numbers", "fixed", "ci", "ip",
                        "span", "c")
                .plain("a.b.mail".replace("a.b", "doc.a.b"))
                .done();
        Row row = find(all, List.of("id"), Key.of("9007199254740993")).get(0);
        assertEquals(9007199254740993L, row.value("id"));
        assertEquals(new BigDecimal("12345678901234567890123456789.12345"), row.value("big"));
        assertEquals(new BigDecimal("0.1"), row.value("f4"));
        assertEquals("2024-02-29T10:11:12.123456", row.value("stamp"));
        assertEquals("2024-02-29T08:11:12Z", row.value("moment"));
        assertEquals("3q2+7w==", row.value("raw"));
        assertEquals(List.of("a", "b c"), row.value("tags"));
        assertEquals(List.of("Ada@Example.org", "x"), row.value("doc.a.b.mail"));
        assertEquals(new BigDecimal("12345678901234567890"), ((Map<?, ?>) row.value("doc")).get("n"));
        for (String field : List.of(
                "big",
                "small",
                "f4",
                "f8",
                "ok",
                "day",
                "clock",
                "stamp",
                "moment",
                "uid",
                "raw",
                "doc",
                "old",
                "feel",
                "tags",
                "numbers",
                "fixed",
                "ci",
                "ip",
                "span",
                "c",
                "doc.a.b.mail")) {
            assertEquals(List.of(9007199254740993L), ids(all, field, row.value(field)), field);
            assertEquals(
                    List.of(), ids(all, field, "no such \0 value", null, "maybe", "99999999999999999999999999"), field);
        }
        assertEquals(List.of(9007199254740993L), ids(all, "tags", "b c"));
        assertEquals(List.of(9007199254740993L), ids(all, "small", "7", new BigDecimal("7.0")));
        assertEquals(List.of(), ids(all, "small", "07", "7.0", " 7", 70000L));
        assertEquals(List.of(1L), ids(all, "day", "infinity"));
    }

    @Test
    void addressesMatchInAnyCaseAndNumbersHoweverWritten() {
        var mail = Mapped.collection("db", "mail")
                .key("id")
                .identity("email", "email")
                .identity("phone", "phone_number")
                .identity("digits", "phone_number")
                .done();
        assertEquals(List.of(1L), ids(mail, "email", "ADA@example.ORG"));
        assertEquals(List.of(1L, 2L), ids(mail, "phone", "(+47) 91 23 45 67"));
        assertEquals(List.of(3L), ids(mail, "phone", "912 34 567"));
        assertEquals(List.of(1L), ids(mail, "digits", "+47 91234567"));
        assertEquals(List.of(), ids(mail, "email", "", "%", null));
        var exact = Mapped.collection("db", "mail")
                .key("id")
                .exact("email", "email")
                .done();
        assertEquals(List.of(), ids(exact, "email", "ada@example.org"));
        assertEquals(List.of(1L), ids(exact, "email", "Ada@Example.org"));
        assertEquals(
                List.of(1L, 0L, 1L),
                connector.count(Lookup.by(mail, "email", List.of("ada@example.ORG", "nobody", "bea@example.org")), 5));
    }

    @Test
    void rowsWithoutAKeyAreErasedAsOftenAsTheyWereFound() {
        var nokey = Mapped.collection("db", "nokey").plain("a", "b").done();
        var found = find(nokey, List.of("a"), Key.of(1L));
        assertEquals(4, found.size());
        Row twin = found.stream().filter(r -> r.value("b") != null).findFirst().orElseThrow();
        Row lone = found.stream().filter(r -> r.value("b") == null).findFirst().orElseThrow();
        var two = new Batch("1", nokey, List.of(Change.delete(twin).copies(2, 3), Change.delete(lone)));
        assertEquals(new Outcome.Applied(3, 0), connector.apply(two));
        assertEquals(new Outcome.Applied(0, 3), connector.apply(two));
        assertEquals(1, find(nokey, List.of("a"), Key.of(1L)).size());
        var stale = new Batch("2", nokey, List.of(Change.delete(twin).copies(1, 3)));
        assertInstanceOf(Outcome.Moved.class, connector.apply(stale));
        var heap = Mapped.collection("db", "heap").plain("id", "at").done();
        Row one = find(heap, List.of("id"), Key.of(1L)).get(0);
        assertEquals(
                new Outcome.Applied(1, 0),
                connector.apply(new Batch("3", heap, List.of(Change.delete(one).copies(1, 2)))));
        assertEquals(1, find(heap, List.of("id"), Key.of(1L)).size());
    }

    @Test
    void partitionsAndViewsAreFound() {
        var parts = Mapped.collection("db", "parts")
                .key("id")
                .key("day")
                .identity("who", "name")
                .done();
        assertEquals(2, find(parts, List.of("who"), Key.of("ada")).size());
        assertEquals(
                2,
                find(parts, List.of("id", "day"), Key.of("1", "2024-05-05"), Key.of("1", "2025-05-05"))
                        .size());
        var seen = Mapped.collection("db", "seen").plain("id", "email").done();
        assertEquals(1, find(seen, List.of("id"), Key.of(2L)).size());
        var catalogue = connector.catalogue();
        assertEquals(
                java.util.Set.of("public.mail"),
                catalogue.table("seen").orElseThrow().shows());
        assertEquals(
                Catalogue.Table.Kind.PARTITIONED,
                catalogue.table("parts").orElseThrow().kind());
        assertTrue(catalogue.table("parts_2024").isEmpty());
        var limits = catalogue.table("limits").orElseThrow();
        assertEquals(Catalogue.OnDelete.CASCADE, limits.foreignKeys().get(0).onDelete());
        assertTrue(limits.foreignKeys().get(0).deferrable());
        assertEquals(1, limits.checks().size());
    }

    @Test
    void aChangeIsJudgedBeforeItIsMadeAndMadeOnceOnly() {
        var limits = Mapped.collection("db", "limits")
                .key("id")
                .plain("email", "age", "name")
                .done();
        var rows = find(limits, List.of("id"), Key.of(1L), Key.of(2L));
        Row a = rows.get(0);
        java.util.function.Function<Map<String, Object>, String> objection = set -> connector
                .objections(new Batch("j", limits, List.of(Change.set(a, set))))
                .toString();
        assertTrue(objection.apply(Map.of("age", 3L)).contains("check"));
        assertTrue(objection.apply(Map.of("email", "b")).contains("taken"));
        assertTrue(objection.apply(Map.of("name", "too long")).contains("longer"));
        assertTrue(objection
                .apply(java.util.Collections.singletonMap("name", null))
                .contains("null"));
        assertTrue(objection.apply(Map.of("age", "old")).contains("integer"));
        assertTrue(objection.apply(Map.of("id", 5L)).contains("primary key"));
        assertEquals("[]", objection.apply(Map.of("age", "30", "email", "c")));
        var change = new Batch("c", limits, List.of(Change.set(a, Map.of("age", "30"))));
        assertEquals(new Outcome.Applied(1, 0), connector.apply(change));
        assertEquals(new Outcome.Applied(0, 1), connector.apply(change));
        TestDatabases.execute(URL, "update limits set name = 'zz', age = 20 where id = 1");
        assertEquals(new Outcome.Moved(1), connector.apply(change));
        assertEquals(new Outcome.Moved(1), connector.apply(new Batch("d", limits, List.of(Change.delete(a)))));
    }

    @Test
    void whatIsInsideADocumentIsChangedThere() {
        var doc = Mapped.collection("db", "everything")
                .key("id")
                .plain("doc.a.b.mail")
                .done();
        TestDatabases.execute(
                URL,
                "insert into everything (id, doc, c) values (5, '{\"a\": {\"b\": {\"mail\": \"x\"}}, \"k\": 1.50}', 'y')");
        Row row = find(doc, List.of("id"), Key.of(5L)).get(0);
        var batch =
                new Batch("n", doc, List.of(Change.set(row, java.util.Collections.singletonMap("doc.a.b.mail", null))));
        assertEquals(List.of(), connector.objections(batch));
        assertEquals(new Outcome.Applied(1, 0), connector.apply(batch));
        assertEquals(new Outcome.Applied(0, 1), connector.apply(batch));
        var whole = Mapped.collection("db", "everything").key("id").plain("doc").done();
        assertEquals(
                "{\"a\":{\"b\":{\"mail\":null}},\"k\":1.50}",
                Values.json(find(whole, List.of("id"), Key.of(5L)).get(0).value("doc")));
    }

    @Test
    void dueRowsAreFoundByTheirDateOnly() {
        var heap = Mapped.collection("db", "heap").plain("id", "at").done();
        var due = new Due(heap, "at", LocalDate.parse("2024-01-01"), ZoneId.of("Europe/Oslo"), List.of());
        List<Row> found = new ArrayList<>();
        connector.due(due, found::add);
        assertTrue(found.stream().allMatch(r -> r.value("id").equals(1L)));
        assertEquals(found.size(), connector.count(due));
        var spared = new Due(heap, "at", due.before(), due.zone(), List.of(Lookup.by(heap, "id", List.of(1L))));
        assertEquals(0, connector.count(spared));
        var span = new Due.Span(LocalDate.parse("2000-01-01"), due.before());
        assertEquals(0, connector.count(new Due(heap, "at", due.before(), due.zone(), List.of(), List.of(span))));
    }

    @Test
    void whatTheMapNamesButNobodyHasIsSaid() {
        var missing = Mapped.collection("db", "mail").key("id").plain("nothing").done();
        var failure = assertThrows(SystemFailure.class, () -> find(missing, List.of("id"), Key.of(1L)));
        assertEquals(SystemFailure.Kind.NOT_THERE, failure.kind());
        var away = JdbcConnector.of(Mapped.system("gone", "jdbc:postgresql://127.0.0.1:1/x"), Path.of("target"));
        assertEquals(
                SystemFailure.Kind.UNREACHABLE,
                assertThrows(SystemFailure.class, away::check).kind());
    }

    @Test
    void readingAndErasingMayHaveAccountsOfTheirOwn() {
        String own = TestDatabases.fresh();
        TestDatabases.execute(
                own,
                """
                create table letter (id int primary key, email text);
                insert into letter values (1, 'ada@example.org'), (2, 'bea@example.org');
                do $$ begin
                    if not exists (select 1 from pg_roles where rolname = 'only_reads') then
                        create role only_reads login password 'r';
                        create role only_erases login password 'e';
                    end if;
                end $$;
                grant select on letter to only_reads;
                grant select, update, delete on letter to only_erases;
                """);
        var letter = Mapped.collection("s", "letter")
                .key("id")
                .identity("email", "email")
                .done();
        var delete = List.of(new Batch(
                "",
                letter,
                List.of(Batch.Change.delete(new Row(Key.of(1L), Map.of("id", 1L, "email", "ada@example.org"))))));
        String url = own.replaceAll("\\?.*", "");
        try (Connector reads = JdbcConnector.of(system(url, false), Path.of("target"));
                Connector both = JdbcConnector.of(system(url, true), Path.of("target"))) {
            reads.catalogue();
            assertEquals(
                    List.of(
                            "the account may not delete from public.letter",
                            "the account may not update or lock rows of public.letter"),
                    reads.objections(delete.get(0)).stream()
                            .map(Objection::what)
                            .toList());
            assertThrows(SystemFailure.class, () -> reads.apply(delete.get(0)));
            both.check();
            both.catalogue();
            assertEquals(List.of(), both.objections(delete.get(0)));
            assertEquals(new Outcome.Applied(1, 0), both.apply(delete.get(0)));
            List<Row> left = new ArrayList<>();
            both.each(letter, left::add);
            assertEquals(1, left.size());
        }
    }

    private static SystemEntry system(String url, boolean eraser) {
        var settings = Values.JSON.createObjectNode();
        if (eraser) {
            settings.put("erase_username", "only_erases").put("erase_password", "e");
        }
        SystemEntry plain = Mapped.system("s", url);
        return new SystemEntry(
                plain.name(),
                plain.title(),
                plain.kind(),
                plain.url(),
                Optional.of("only_reads"),
                Optional.of("r"),
                plain.schema(),
                plain.owner(),
                plain.location(),
                plain.recipients(),
                plain.source(),
                plain.tablesOf(),
                settings,
                plain.at());
    }
}
