package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.habeas.datamap.DataMap;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** What live schemas hold in store for an erasure, each with tables of its own. Ada is 1, others are not. */
class HardCasesTest {
    private static final String ADA = "ada@example.org";
    private final String url = TestDatabases.fresh();

    private static final String PERSON =
            """
            - name: person
              fields:
                - {name: id, fides_meta: {primary_key: true}}
                - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
            """;

    private static final String TABLE =
            """
            create table person (id int primary key, email text not null);
            insert into person values (1, 'ada@example.org'), (2, 'bea@example.org');
            """;

    private DataMap map(String sql, String collections) {
        TestDatabases.execute(url, TABLE + sql);
        return Maps.of(Map.of("db", url), Map.of("db", PERSON + collections));
    }

    private List<String> rows(String table) {
        return Bookshop.rows(url, table);
    }

    @Test
    void rowsThatNobodyMappedStandAgainstIt() {
        DataMap map = map(
                """
                create table note (id int primary key, person int references person (id));
                create table log (id int primary key, person int references person (id) on delete cascade);
                create table tip (id int primary key, person int references person (id) on delete set null);
                insert into note values (1, 1), (2, 2);
                insert into log values (1, 1);
                insert into tip values (1, 1), (2, 1), (3, 2);
                """,
                "");
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(2, ada.problems().size(), ada.problems().toString());
            assertTrue(
                    ada.problems().get(0).contains("1 rows of public.note"),
                    ada.problems().toString());
            assertTrue(
                    ada.problems().get(1).contains("would be deleted with them"),
                    ada.problems().toString());
            assertTrue(
                    ada.items().contains("public.tip change 2 plan_cleared -"),
                    ada.items().toString());
        }
    }

    @Test
    void whatTheLawKeepsKeepsWhatItPointsAt() {
        DataMap map = map(
                """
                create table orders (id int primary key, person int not null references person (id), note text);
                create table invoice (id int primary key, orders int references orders (id), issued date);
                insert into orders values (10, 1, 'gift'), (11, 1, 'x'), (20, 2, 'y');
                insert into invoice values (100, 10, '2025-05-05'), (101, 11, '2001-05-05'), (102, 10, '2023-01-01');
                """,
                """
                - name: orders
                  habeas: {while_retained: [note]}
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: person, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                    - {name: note, data_categories: [user.content]}
                - name: invoice
                  habeas: {retention: {rule: five-years, from: issued}}
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: orders, fides_meta: {references: [{dataset: db, field: orders.id, direction: from}]}}
                    - {name: issued}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            assertEquals(
                    List.of(
                            "invoice delete 1 - -",
                            "invoice keep 1 Vouchers 2028-12-31",
                            "invoice keep 1 Vouchers 2030-12-31",
                            "orders delete 1 - -",
                            "orders keep 1 plan_kept_pointed(invoice) 2030-12-31",
                            "orders mask 1 plan_blanked -",
                            "person keep 1 plan_kept_pointed(orders) 2030-12-31"),
                    ada.items());
            ada.execute(true);
        }
        assertEquals(List.of("(10,1,)", "(20,2,y)"), rows("orders"));
        assertEquals(List.of("(1,ada@example.org)", "(2,bea@example.org)"), rows("person"));
    }

    @Test
    void aBlankedRowKeepsABlankedOneUnlessItsPointerIsCut() {
        DataMap map = map(
                """
                alter table person alter email drop not null;
                create table visit (id int primary key, person int not null references person (id), page text);
                create table click (id int primary key, person int references person (id), page text);
                insert into visit values (1, 1, '/a'), (2, 2, '/b');
                insert into click values (1, 1, '/a'), (2, 2, '/b');
                """,
                """
                - name: visit
                  habeas: {on_erasure: mask}
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: person, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                    - {name: page, data_categories: [user.behavior]}
                - name: click
                  habeas: {on_erasure: mask}
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: person, data_categories: [user.unique_id], fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                    - {name: page, data_categories: [user.behavior], habeas: {mask: {text: gone}}}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            assertEquals(
                    List.of("click mask 1 - -", "person mask 1 plan_masked_pointed(visit) -", "visit mask 1 - -"),
                    ada.items());
            ada.execute(true);
        }
        assertEquals(List.of("(1,)", "(2,bea@example.org)"), rows("person"));
        assertEquals(List.of("(1,,gone)", "(2,2,/b)"), rows("click"));
        assertEquals(List.of("(1,1,)", "(2,2,/b)"), rows("visit"));
    }

    @Test
    void circlesAreOpenedDoneAtOnceOrToldAsAProblem() {
        String collections =
                """
                - name: node
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: person, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                    - {name: parent}
                """;
        DataMap map = map(
                """
                create table node (id int primary key, person int references person (id), parent int references node (id));
                insert into node select n, 1, nullif(n - 1, 0) from generate_series(1, 1100) n;
                insert into node values (5000, 2, null);
                create table soon (id int primary key, person int references person (id),
                    other int not null references soon (id) deferrable);
                insert into soon values (1, 1, 1);
                insert into soon values (2, 1, 3), (3, 1, 2), (4, 2, 4);
                create table tree (id int primary key, person int references person (id), parent int not null references tree (id));
                insert into tree values (1, 1, 1), (2, 1, 1), (3, 1, 2), (9, 2, 9);
                create table a (id int primary key, person int references person (id), b int);
                create table b (id int primary key, a int not null references a (id));
                alter table a add foreign key (b) references b (id);
                insert into a values (1, 1, null), (2, 2, null);
                insert into b values (1, 1), (2, 2);
                update a set b = id;
                """,
                collections + collections.replace("name: node", "name: soon").replace("parent", "other")
                        + collections.replace("name: node", "name: tree")
                        + collections.replace("name: node", "name: a").replace("parent", "b")
                        + """
                        - name: b
                          fields:
                            - {name: id, fides_meta: {primary_key: true}}
                            - {name: a, fides_meta: {references: [{dataset: db, field: a.id, direction: from}]}}
                        """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            ada.execute(true);
        }
        assertEquals(List.of("(5000,2,)"), rows("node"));
        assertEquals(List.of("(4,2,4)"), rows("soon"));
        assertEquals(List.of("(9,2,9)"), rows("tree"));
        assertEquals(List.of("(2,2,2)"), rows("a"));
        assertEquals(List.of("(2,2)"), rows("b"));
        DataMap ring = Maps.of(
                Map.of("db", url),
                Map.of(
                        "db",
                        PERSON + collections.replace("name: node", "name: ring").replace("parent", "next")));
        TestDatabases.execute(
                url,
                """
                insert into person values (1, 'ada@example.org');
                create table ring (id int primary key, person int references person (id), next int not null);
                insert into ring values (1, 1, 2), (2, 1, 1);
                alter table ring add foreign key (next) references ring (id);
                """);
        try (Planned ada = Planned.erasure(ring, ADA)) {
            assertTrue(
                    ada.problems().toString().contains("circle"), ada.problems().toString());
        }
    }

    @Test
    void equalRowsWithoutAKeyAreErasedExactlyAsOftenAsTheyAreHers() {
        DataMap map = map(
                """
                create table scrap (email text, word text, doc json);
                insert into scrap select 'Ada@example.org', 'same', '{"a": 1}' from generate_series(1, 1234);
                insert into scrap values ('bea@example.org', 'same', '{"a": 1}'), ('ada@example.org', null, null);
                """,
                """
                - name: scrap
                  fields:
                    - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                    - {name: word, data_categories: [user.content]}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            assertTrue(
                    ada.items().contains("scrap delete 1235 - -"), ada.items().toString());
            ada.execute(true);
        }
        assertEquals(1, rows("scrap").size());
    }

    @Test
    void whatTheColumnsForbidIsSaidBeforeAnythingIsDone() {
        DataMap map = map(
                """
                create table strict (id int primary key, email text, code varchar(3) not null, nick text unique,
                    age int check (age is not null and age > 10), born date, shout text generated always as (upper(nick)) stored,
                    taken text unique);
                insert into strict values (1, 'ada@example.org', 'abc', 'ada', 40, '1985-06-07', default, 'x'),
                    (2, 'bea@example.org', 'xyz', 'bea', 40, '1985-06-07', default, 'gone');
                """,
                """
                - name: strict
                  habeas: {on_erasure: mask}
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: email, fides_meta: {identity: email}, habeas: {mask: hash}}
                    - {name: code, data_categories: [user.name], habeas: {mask: {text: gone}}}
                    - {name: nick, data_categories: [user.name], habeas: {mask: random}}
                    - {name: age, data_categories: [user.demographic]}
                    - {name: born, data_categories: [user.demographic], habeas: {mask: year}}
                    - {name: shout, data_categories: [user.name]}
                    - {name: taken, data_categories: [user.name], habeas: {mask: {text: gone}}}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            String problems = String.join("\n", ada.problems());
            assertTrue(problems.contains("code is longer than 3"), problems);
            TestDatabases.execute(url, "alter table strict alter code type text");
        }
        try (Planned ada = Planned.erasure(map, ADA)) {
            String problems = String.join("\n", ada.problems());
            assertTrue(problems.contains("taken is taken already"), problems);
            assertTrue(problems.contains("check strict_age_check"), problems);
            assertEquals(2, ada.problems().size(), problems);
        }
        TestDatabases.execute(
                url, "alter table strict drop constraint strict_age_check; update strict set taken = 'y' where id = 2");
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            ada.execute(true);
        }
        assertTrue(
                rows("strict").get(0).matches("\\(1,[0-9a-f]{32},gone,[a-z]{3},,1985-01-01,[A-Z]{3},gone\\)"),
                rows("strict").get(0));
    }

    @Test
    void triggersAreTriedBeforeTheyAreTrusted() {
        DataMap map = map(
                """
                create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
                create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;
                create table guarded (id int primary key, person int references person (id));
                insert into guarded values (1, 1);
                create trigger refuse before delete on guarded for each row execute function refuse();
                """,
                """
                - name: guarded
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: person, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertTrue(
                    ada.problems().toString().contains("rehearsal"),
                    ada.problems().toString());
        }
        TestDatabases.execute(
                url,
                "drop trigger refuse on guarded; create trigger swallow before delete on guarded for each row execute"
                        + " function swallow()");
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertTrue(
                    ada.problems().toString().contains("0 rows of"),
                    ada.problems().toString());
        }
        TestDatabases.execute(url, "drop trigger swallow on guarded");
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
        }
        assertEquals(1, rows("guarded").size(), "a rehearsal leaves nothing");
    }

    @Test
    void viewsGoWithTheirTables() {
        DataMap map = map(
                "create view people as select id, email from person; create table secret (email text); insert into secret"
                        + " values ('ada@example.org'); create view shown as select upper(email) as email from secret",
                """
                - name: people
                  fields:
                    - {name: email, fides_meta: {identity: email}}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            assertEquals(List.of("people keep 1 plan_kept_view -", "person delete 1 - -"), ada.items());
            ada.execute(true);
        }
        DataMap half = Maps.of(
                Map.of("db", url),
                Map.of(
                        "db",
                        """
                        - name: shown
                          fields:
                            - {name: email, fides_meta: {identity: email}}
                        """));
        TestDatabases.execute(url, "create or replace view shown as select distinct upper(email) as email from secret");
        try (Planned ada = Planned.erasure(half, ADA)) {
            assertTrue(
                    ada.problems().toString().contains("view"), ada.problems().toString());
        }
    }

    @Test
    void compositeKeysAreWholeAlsoWithZeroAndEmptyParts() {
        DataMap map = map(
                """
                create table account (tenant int, code text, email text, primary key (tenant, code));
                insert into account values (0, '', 'ada@example.org'), (0, 'x', 'bea@example.org'), (1, '', 'bea@example.org');
                create table entry (id int primary key, tenant int, code text, foreign key (tenant, code) references account);
                insert into entry values (1, 0, ''), (2, 0, 'x'), (3, 1, ''), (4, null, ''), (5, 0, null);
                """,
                """
                - name: account
                  fields:
                    - {name: tenant, fides_meta: {primary_key: true}}
                    - {name: code, fides_meta: {primary_key: true}}
                    - {name: email, fides_meta: {identity: email}}
                - name: entry
                  fields:
                    - {name: id, fides_meta: {primary_key: true}}
                    - {name: tenant, fides_meta: {references: [{dataset: db, field: account.tenant, direction: from}]}}
                    - {name: code, fides_meta: {references: [{dataset: db, field: account.code, direction: from}]}}
                """);
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of(), ada.problems());
            ada.execute(true);
        }
        assertEquals(List.of("(2,0,x)", "(3,1,\"\")", "(4,,\"\")", "(5,0,)"), rows("entry"));
        assertEquals(2, rows("account").size());
    }

    @Test
    void aHouseholdOfHerOwnGoesAndASharedOneStays() {
        DataMap map = map(
                """
                create table home (id int primary key, street text, area int);
                create table area (id int primary key, name text);
                alter table person add home int references home (id);
                alter table home add foreign key (area) references area (id);
                insert into area values (1, 'hers'), (2, 'shared');
                insert into home values (1, 'alone', 1), (2, 'two', 2), (3, 'bea', 2);
                update person set home = id;
                """,
                "");
        DataMap with = Maps.of(
                Map.of("db", url),
                Map.of(
                        "db",
                        PERSON
                                + """
                                    - {name: home, fides_meta: {references: [{dataset: db, field: home.id, direction: to}]}}
                                - name: home
                                  fields:
                                    - {name: id, fides_meta: {primary_key: true}}
                                    - {name: street, data_categories: [user.contact.address]}
                                    - {name: area, fides_meta: {references: [{dataset: db, field: area.id, direction: to}]}}
                                - name: area
                                  fields:
                                    - {name: id, fides_meta: {primary_key: true}}
                                    - {name: name, data_categories: [user.location]}
                                """));
        try (Planned ada = Planned.erasure(with, ADA)) {
            assertEquals(List.of("area delete 1 - -", "home delete 1 - -", "person delete 1 - -"), ada.items());
            assertEquals(List.of(), ada.problems());
            ada.execute(true);
        }
        assertEquals(List.of("(2,shared)"), rows("area"));
        try (Planned bea = Planned.erasure(with, "bea@example.org")) {
            assertEquals(
                    List.of("area keep 1 plan_kept_shared -", "home delete 1 - -", "person delete 1 - -"), bea.items());
        }
        assertEquals(2, map.collections().size() + 1);
    }

    @Test
    void valuesFindEachOtherAcrossSystemsWhateverTheirTypes() {
        String other = TestDatabases.fresh();
        TestDatabases.execute(
                other,
                """
                create table legacy (no text, person text, tags text[], info jsonb);
                insert into legacy values ('A', '1', '{x,ADA@example.org}', '{"who": {"ids": [1, 7]}}'), ('B', '01', '{}', '{"who": {"ids": [2]}}'),
                    ('C', 'one', null, null), ('D', '2', '{bea@example.org}', '{"who": {"ids": ["1"]}}');
                """);
        TestDatabases.execute(url, TABLE);
        DataMap map = Maps.of(
                Map.of("db", url, "old", other),
                Map.of(
                        "db",
                        PERSON,
                        "old",
                        """
                        - name: legacy
                          fields:
                            - {name: "no"}
                            - {name: person, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                            - {name: tags, data_categories: [user.contact.email], fides_meta: {identity: email}}
                            - name: info
                              fields:
                                - name: who
                                  fields:
                                    - {name: ids, fides_meta: {references: [{dataset: db, field: person.id, direction: from}]}}
                        """));
        try (Searched ada = new Searched(map, ADA)) {
            assertEquals(Map.of(), ada.search.failures());
            assertEquals(List.of("OWN A", "OWN D"), ada.found("no").get("legacy"));
        }
    }
}
