package org.habeas.retention;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.habeas.testing.TestDatabases;

/**
 * A boatyard with rules of every mode: people and their boats, invoices with lines and credit notes, log books that a report
 * counts, and offers that two officers release. Work is done when a test says so.
 */
public class Yard implements QuarkusTestProfile {
    static final String URL = "yard.url";

    private static final String TABLES =
            """
            create table person (id int primary key, email text, name text not null);
            create table boat (id int primary key, person_id int not null references person (id), name text);
            create table invoice (id bigint primary key, person_id int not null, issued_on date, credits_id bigint references invoice (id));
            create index on invoice (person_id);
            create index on invoice (credits_id);
            create index on invoice (issued_on);
            create table line (invoice_id bigint not null references invoice (id), no int, text text, primary key (invoice_id, no));
            create table offer (id int primary key, email text, made_at timestamptz);
            create table log (id int primary key, person_id int references person (id), written date not null);
            create table visit (email text, seen_on date, page text);
            create table stamp (invoice_id bigint references invoice (id));
            """;

    private static final Map<String, String> FILES = Map.of(
            "organisation.yml",
            """
            name: Yard
            contact: yard@example.org
            time_zone: Europe/Oslo
            companies: [{id: yard-north, name: Yard North}, {id: yard-south, name: Yard South}]
            """,
            "systems.yml",
            """
            systems:
              - {name: yard, title: Yard, kind: jdbc, url: "${URL}", schema: public, tables_of: yard-north}
            """,
            "retention.yml",
            """
            rules:
              - {id: no-bookkeeping, citation: bokføringsloven § 13, title: Invoices, period: P5Y, starts: financial-year-end, mode: auto}
              - {id: offers, citation: Own rule, title: Offers, period: P1Y, starts: event, mode: approve}
              - {id: logs, citation: Own rule, title: Log books, period: P2Y, starts: event, mode: report}
              - {id: visits, citation: Own rule, title: Visits, period: P1M, starts: event, mode: auto}
            """,
            "yard.yml",
            """
            dataset:
              - fides_key: yard
                collections:
                  - name: person
                    fields:
                      - {name: id, fides_meta: {primary_key: true}}
                      - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                      - {name: name, data_categories: [user.name]}
                  - name: boat
                    fields:
                      - {name: id, fides_meta: {primary_key: true}}
                      - {name: person_id, fides_meta: {references: [{dataset: yard, field: person.id, direction: from}]}}
                      - {name: name, data_categories: [user.content]}
                  - name: invoice
                    habeas: {retention: {rule: no-bookkeeping, from: issued_on}}
                    fields:
                      - {name: id, fides_meta: {primary_key: true}}
                      - {name: person_id, fides_meta: {references: [{dataset: yard, field: person.id, direction: from}]}}
                      - {name: issued_on, data_categories: [user.financial]}
                      - {name: credits_id, fides_meta: {references: [{dataset: yard, field: invoice.id, direction: from}]}}
                  - name: line
                    fields:
                      - name: invoice_id
                        fides_meta: {primary_key: true, references: [{dataset: yard, field: invoice.id, direction: from}]}
                      - {name: no, fides_meta: {primary_key: true}}
                      - {name: text, data_categories: [user.financial]}
                  - name: offer
                    habeas: {retention: {rule: offers, from: made_at}}
                    fields:
                      - {name: id, fides_meta: {primary_key: true}}
                      - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                      - {name: made_at, data_categories: [user.behavior]}
                  - name: log
                    habeas: {retention: {rule: logs, from: written}}
                    fields:
                      - {name: id, fides_meta: {primary_key: true}}
                      - {name: person_id, fides_meta: {references: [{dataset: yard, field: person.id, direction: from}]}}
                      - {name: written, data_categories: [user.behavior]}
                  - name: visit
                    habeas: {retention: {rule: visits, from: seen_on}}
                    fields:
                      - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                      - {name: seen_on, data_categories: [user.behavior]}
                      - {name: page, data_categories: [user.behavior]}
            """);

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Surroundings.class));
    }

    /** The yard's database and its map; where it is stands in the system properties. */
    public static class Surroundings implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            String url = TestDatabases.fresh();
            TestDatabases.execute(url, TABLES);
            System.setProperty(URL, url);
            return Map.of(
                    "habeas.data-map",
                    write(url).toString(),
                    "habeas.work-every",
                    "off",
                    "habeas.retention-every",
                    "24h",
                    "habeas.retention-outlook-every",
                    "off");
        }

        private static Path write(String url) {
            try {
                Path folder = Files.createTempDirectory(
                        Files.createDirectories(Path.of("target", "yard").toAbsolutePath()), "map");
                for (var file : FILES.entrySet()) {
                    Files.writeString(
                            folder.resolve(file.getKey()), file.getValue().replace("${URL}", url));
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {}
    }

    static void sql(String sql) {
        TestDatabases.execute(System.getProperty(URL), sql);
    }

    static void empty() {
        sql("truncate person, boat, invoice, line, offer, log, visit, stamp");
    }

    /** Every row of the yard as text. */
    static List<String> dump() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("person", "boat", "invoice", "line", "offer", "log", "visit", "stamp")) {
            rows.addAll(rows("select '" + table + "' || t::text from " + table + " t order by 1"));
        }
        return rows;
    }

    static List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (var connection = TestDatabases.connect(System.getProperty(URL));
                var found = connection.createStatement().executeQuery(query)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
