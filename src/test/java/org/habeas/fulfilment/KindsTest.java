package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.habeas.datamap.DataMap;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole erasures over keys, columns and tables of every kind. Somebody else's value differs from Ada's by as little as it can,
 * and stays with all that hangs on it.
 */
class KindsTest {
    private static final String ADA = "ada@example.org";
    private static final String URL = TestDatabases.fresh();

    @BeforeAll
    static void types() {
        TestDatabases.execute(
                URL, "create type mood as enum ('its', 'it''s'); create domain code as text check (value <> 'x')");
    }

    private static void erase(String collections, String... items) {
        DataMap map = Maps.of(Map.of("db", URL), Map.of("db", collections));
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            assertEquals(List.of(items), ada.items());
            ada.execute(true);
        }
    }

    private static List<String> rows(String table) {
        return Bookshop.rows(URL, table);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "integer | '0' | '-1'",
                "bigint | '9007199254740993' | '9007199254740992'",
                "numeric(40,10) | '12345678901234567890123456789.0000000001' | '12345678901234567890123456789.0000000002'",
                "double precision | '0.1' | '0.10000000000000002'",
                "text | '' | ' '",
                "text | 'a' | 'A'",
                "varchar(20) | 'ÆØÅ' | 'æøå'",
                "char(4) | 'ab' | 'abc'",
                "code | 'y' | 'z'",
                "mood | 'it''s' | 'its'",
                "uuid | 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' | 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'",
                "bytea | '\\x00ff' | '\\x00'",
                "boolean | 'true' | 'false'",
                "date | '2024-02-29' | '2024-03-01'",
                "time | '10:11:12.000001' | '10:11:12.000002'",
                "timestamp | '2024-10-27 02:30:00.000001' | '2024-10-27 02:30:00.000002'",
                "timestamptz | '2024-10-27 02:30:00+02' | '2024-10-27 02:30:00+01'",
                "inet | '10.0.0.1' | '10.0.0.2'",
                "int4range | '[1,5)' | '[1,6)'"
            })
    void keysOfThisKind(String type, String hers, String theirs) {
        TestDatabases.execute(
                URL,
                """
                drop table if exists item, owner;
                create table owner (k %1$s primary key, email text);
                create table item (id int primary key, up %1$s references owner (k), note text);
                insert into owner values (%2$s, 'ada@example.org'), (%3$s, 'bea@example.org');
                insert into item values (1, %2$s, 'hers'), (2, %3$s, 'theirs'), (3, null, 'nobody''s');
                """
                        .formatted(type, hers, theirs));
        erase(
                """
                - name: owner
                  fields:
                    - {name: k, fides_meta: {primary_key: true}}
                    - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                - name: item
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: up, fides_meta: {references: [{dataset: db, field: owner.k, direction: from}]}}
                    - {name: note, data_categories: [user.content]}
                """,
                "item delete 1 - -",
                "owner delete 1 - -");
        assertEquals(List.of("(bea@example.org)"), rows("(select email from owner)"));
        assertEquals(List.of("(2)", "(3)"), rows("(select id from item)"));
    }

    @Test
    void namesThatNeedQuotesInASchemaThatIsNotTheDefault() {
        TestDatabases.execute(
                URL,
                """
                create schema "Odd";
                create table "Odd"."Order" ("select" int primary key, "E-Mail" text, "Naïve ""name"" x" text);
                create table "Odd"."order" ("select" int primary key, "Select" int references "Odd"."Order" ("select"));
                insert into "Odd"."Order" values (1, 'ada@example.org', 'Ada'), (2, 'bea@example.org', 'Bea');
                insert into "Odd"."order" values (2, 1), (1, 2);
                """);
        erase(
                """
                - name: Odd.Order
                  habeas: {on_erasure: mask}
                  fields:
                    - {name: select, fides_meta: {primary_key: true}}
                    - {name: E-Mail, data_categories: [user.contact.email], fides_meta: {identity: email}}
                    - {name: 'Naïve "name" x', data_categories: [user.name], habeas: {mask: {text: "gone"}}}
                - name: Odd.order
                  fields:
                    - {name: select, fides_meta: {primary_key: true}}
                    - {name: Select, fides_meta: {references: [{dataset: db, field: Odd.Order.select, direction: from}]}}
                """,
                "Odd.Order mask 1 - -",
                "Odd.order delete 1 - -");
        assertEquals(List.of("(1,,gone)", "(2,bea@example.org,Bea)"), rows("\"Odd\".\"Order\""));
        assertEquals(List.of("(1,2)"), rows("\"Odd\".\"order\""));
    }

    @Test
    void partitionsDocumentsAndListsAndRowsWithoutAKey() {
        TestDatabases.execute(
                URL,
                """
                create table member (id bigint, region text, email text, primary key (region, id)) partition by list (region);
                create table member_no partition of member for values in ('no');
                create table member_rest partition of member default;
                create table club (id int primary key, members bigint[], title text);
                create table event (doc jsonb, tags text[], at timestamptz);
                insert into member values (1, 'no', 'ada@example.org'), (1, 'se', 'bea@example.org'), (2, 'se', 'ADA@example.org');
                insert into club values (1, '{2,7}', 'hers'), (2, '{3}', 'theirs'), (3, '{}', 'empty'), (4, null, 'null');
                insert into event values ('{"who": {"mail": "ada@example.org"}, "n": 9007199254740993}', '{a,null}', '2024-10-27 02:30:00+02'),
                    ('{"n": 9007199254740993, "who": {"mail": "ada@example.org"}}', '{a,null}', '2024-10-27 00:30:00+00'),
                    ('{"who": {"mail": "ada@example.org"}}', null, null),
                    ('{"who": {"mail": "bea@example.org"}, "n": 9007199254740992}', '{a,null}', '2024-10-27 02:30:00+02'),
                    ('{"who": "ada@example.org"}', '{}', null);
                """);
        erase(
                """
                - name: member
                  fields:
                    - {name: region, fides_meta: {primary_key: true}}
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                - name: club
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: members, fides_meta: {references: [{dataset: db, field: member.id, direction: from}]}}
                    - {name: title, data_categories: [user.content]}
                - name: event
                  fields:
                    - name: doc
                      fields:
                        - name: who
                          fields:
                            - {name: mail, data_categories: [user.contact.email], fides_meta: {identity: email}}
                    - {name: tags}
                    - {name: at}
                """,
                "club delete 1 - -",
                "event delete 3 - -",
                "member delete 2 - -");
        assertEquals(List.of("(1,se,bea@example.org)"), rows("member"));
        assertEquals(List.of("(2,{3},theirs)", "(3,{},empty)", "(4,,null)"), rows("club"));
        assertEquals(2, rows("event").size());
    }

    @Test
    void rowsThatPointAtThemselvesAndAtEachOther() {
        TestDatabases.execute(
                URL,
                """
                create table person (id int primary key, email text, boss int references person (id), mate int not null references person (id) deferrable);
                create table team (id int primary key, lead int not null references person (id));
                alter table person add team int references team (id);
                insert into person values (1, 'ada@example.org', 1, 1), (2, 'bea@example.org', 2, 2);
                insert into team values (10, 1), (20, 2);
                update person set team = 10 * id;
                """);
        erase(
                """
                - name: person
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                    - {name: boss, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                    - {name: mate}
                    - {name: team}
                - name: team
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: lead, data_categories: [user.job_title], fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                """,
                "person delete 1 - -",
                "team delete 1 - -");
        assertEquals(List.of("(2,bea@example.org,2,2,20)"), rows("person"));
        assertEquals(List.of("(20,2)"), rows("team"));
    }
}
