package org.habeas.datamap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is told with its file and line, and all of them at once. */
class MapMistakesTest {
    /** One line of a right map is put otherwise; line numbers count in that file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            # file         | replaced                              | by                             | finding
            organisation   | name: Nordlys Handel AS               | title: x                       | organisation.yml:1: error: name is missing
            organisation   | contact: privacy@nordlys.example      | contact:                       | organisation.yml:2: error: contact is missing
            organisation   | contact: privacy@nordlys.example      | contact: [a]                   | organisation.yml:2: error: contact must be text
            organisation   | name: Nordlys Handel AS               | regime: mars                   | organisation.yml:1: error: regime is mars; allowed is gdpr-no, gdpr, uk, ccpa, lgpd, quebec, fadp
            organisation   | name: Nordlys Handel AS               | time_zone: Oslo                | organisation.yml:1: error: time_zone is Oslo; allowed is a zone like Europe/Oslo
            organisation   | name: Nordlys Handel AS               | languages: [xx]                | organisation.yml:1: error: languages is xx; allowed is en, nb, nn
            organisation   | name: Nordlys Handel AS               | languages: en                  | organisation.yml:1: error: languages must be a list
            organisation   | name: Nordlys Handel AS               | access_needs_approval: perhaps | organisation.yml:1: error: access_needs_approval must be true or false, not perhaps
            organisation   | name: Nordlys Handel AS               | assurance: {forgetting: none}  | organisation.yml:1: error: there is no right forgetting; allowed are access, correction, erasure, restriction, portability, objection, withdrawal, human-review
            organisation   | name: Nordlys Handel AS               | assurance: {erasure: strong}   | organisation.yml:1: error: erasure is strong; allowed is none, address, document, officer, signed-in
            organisation   | name: Nordlys Handel AS               | own_records: {cases: long}     | organisation.yml:1: error: own_records.cases is long; allowed is a period like P3Y
            organisation   | name: Nordlys Handel AS               | companies: [{name: x}]         | organisation.yml:1: error: id is missing
            organisation   | key: invoicing                        | key: orders                    | organisation.yml:5: error: the purpose orders is declared twice
            systems        | kind: jdbc, url: "jdbc:postgresql://127.0.0.1/crm" | kind: ldap        | systems.yml:2: error: kind is ldap; allowed is jdbc, http, manual
            systems        | name: crm,                            |                                | systems.yml:2: error: name is missing
            systems        | name: crm, kind: jdbc,                | name: crm,                     | systems.yml:2: error: kind is missing
            systems        | , url: "jdbc:postgresql://127.0.0.1/crm" |                             | systems.yml:2: error: url is missing
            systems        | "jdbc:postgresql://127.0.0.1/crm"     | "postgresql://127.0.0.1/crm"   | systems.yml:2: error: url of a system of the kind jdbc must begin with jdbc:
            systems        | kind: jdbc, url: "jdbc:postgresql://127.0.0.1/crm" | kind: http, url: "ftp://x" | systems.yml:2: error: url of a system of the kind http must begin with http:// or https://
            systems        | kind: jdbc, url: "jdbc:postgresql://127.0.0.1/crm" | kind: manual      | systems.yml:2: error: owner is missing
            systems        | name: crm                             | name: billing                  | systems.yml:3: error: the system billing is declared twice, first at systems.yml:2
            systems        | name: crm                             | name: "a b"                    | systems.yml:2: error: name is a b; allowed are letters, digits, _ . < > and -
            systems        | name: crm                             | name: other                    | crm.yml:2: error: the dataset crm has no system of that name in systems.yml
            systems        | ${DB_USER}                            | ${NOBODY}                      | systems.yml:3: error: the environment has no variable NOBODY
            systems        | name: crm,                            | name: crm, tables_of: x,       | systems.yml:2: error: tables_of is x; allowed is one of the companies of organisation.yml: nordlys-handel-as
            systems        | name: crm,                            | name: crm, lock_timeout: 5s,   | systems.yml:2: error: lock_timeout is 5s; allowed is a duration like PT30S
            systems        | name: crm,                            | name: crm, recipients: [{country: NO}], | systems.yml:2: error: name is missing
            crm            | collections:                          | tables:                        | crm.yml:2: error: collections is missing
            crm            | fides_key: crm                        | key: crm                       | crm.yml:2: error: fides_key is missing
            crm            | fides_key: crm                        | fides_key: billing             | crm.yml:2: error: the dataset billing is declared twice, first at billing.yml:2
            crm            | - name: customer                      | - title: customer              | crm.yml:5: error: name is missing
            crm            | purpose: orders                       | purpose: fun                   | crm.yml:6: error: the purpose fun is not declared in organisation.yml
            crm            | on_erasure: mask                      | on_erasure: forget             | crm.yml:6: error: on_erasure is forget; allowed is delete, mask, or keep: REASON
            crm            | on_erasure: mask                      | on_erasure: keep               | crm.yml:6: error: on_erasure is keep; allowed is delete, mask, or keep: REASON
            crm            | on_erasure: mask                      | retention: long                | crm.yml:6: error: retention must name a rule and the field that starts it: {rule: ID, from: FIELD}
            crm            | primary_key: true                     | primary_key: maybe             | crm.yml:8: error: primary_key must be true or false, not maybe
            crm            | data_type: integer                    | length: many                   | crm.yml:8: error: length is many; allowed is a whole number above 0
            crm            | data_type: integer                    | length: 0                      | crm.yml:8: error: length is 0; allowed is a whole number above 0
            crm            | name: email                           | name: id                       | crm.yml:9: error: the field id is declared twice, first at crm.yml:8
            crm            | data_categories: [user.contact.email] | data_categories: user          | crm.yml:9: error: data_categories must be a list
            crm            | data_categories: [user.contact.email] | habeas: {mask: blur}           | crm.yml:9: error: mask is blur; allowed is clear, null, empty, {text: "X"}, hash, year, random
            crm            | data_categories: [user.contact.email] | habeas: {mask: {hash: x}}      | crm.yml:9: error: mask must be one of clear, null, empty, {text: "X"}, hash, year, random
            crm            | data_categories: [user.contact.email] | habeas: {match: loose}         | crm.yml:9: error: match is loose; allowed is exact
            crm            | data_categories: [user.contact.email] | name: again                    | crm.yml:9: error: the key name is given twice
            crm            | - {name: city}                        | - city                         | crm.yml:13: error: an entry of fields must be a mapping of keys to values
            crm            | fides_meta: {identity: email}         | fides_meta: email              | crm.yml:9: error: fides_meta must be a mapping of keys to values
            billing        | rule: no-bookkeeping                  | rule: none                     | billing.yml:8: error: there is no retention rule none
            billing        | from: issued_on                       | from: nothing                  | billing.yml:8: error: retention starts at nothing, which is no field of billing.invoice
            billing        | , from: issued_on                     |                                | billing.yml:8: error: from is missing
            billing        | while_retained: [marketing_note]      | while_retained: [x]            | billing.yml:9: error: while_retained names x, which is no field of billing.invoice
            billing        | dataset: crm                          | dataset: erp                   | billing.yml:12: error: the reference leads to the dataset erp, which is not in the map
            billing        | customer.id                           | person.id                      | billing.yml:12: error: the reference leads to person.id, but crm has no such collection (COLLECTION.FIELD)
            billing        | customer.id                           | customer.no                    | billing.yml:12: error: billing.invoice.customer_id references crm.customer.no, which is no field
            billing        | direction: from                       | direction: up                  | billing.yml:12: error: direction is up; allowed is from, to, or nothing for both
            billing        | collections:                          | <TAB>collections:              | billing.yml:3: error: is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
            """)
    void is_told(String file, String replaced, String by, String finding) {
        String right =
                switch (file) {
                    case "organisation" -> MapFolder.ORGANISATION;
                    case "systems" -> MapFolder.SYSTEMS;
                    case "crm" -> MapFolder.CRM;
                    default -> MapFolder.BILLING;
                };
        assertTrue(right.contains(replaced), "the right map has " + replaced);
        String wrong =
                right.replace(replaced, Optional.ofNullable(by).orElse("").replace("<TAB>", "\t"));
        List<String> errors = new MapFolder().with(file + ".yml", wrong).findings(Finding.Severity.ERROR);
        assertTrue(errors.contains(finding), errors.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            rules: [{id: a, period: long}]                      | retention.yml:1: error: period is long; allowed is a period like P5Y or P3Y6M
            rules: [{id: a, period: P-1Y}]                      | retention.yml:1: error: period is P-1Y; allowed is a period like P5Y or P3Y6M
            rules: [{id: a}]                                    | retention.yml:1: error: period is missing
            rules: [{period: P1Y}]                              | retention.yml:1: error: id is missing
            rules: [{id: a, period: P1Y, starts: birth}]        | retention.yml:1: error: starts is birth; allowed is event, financial-year-end
            rules: [{id: a, period: P1Y, mode: now}]            | retention.yml:1: error: mode is now; allowed is report, approve, auto
            rules: [{id: a, period: P1Y, financial_year_ends: 31-12}] | retention.yml:1: error: financial_year_ends is 31-12; allowed is a month and a day like 12-31
            rules: [{id: a, period: P1Y, valid_from: 2027-01-01}] | retention.yml:1: error: nothing says how long before 2027-01-01: declare the rule a without valid_from too
            rules: [{id: a, period: P1Y, valid_from: soon}]     | retention.yml:1: error: valid_from is soon; allowed is a day like 2027-01-01
            rules: [{id: a, period: P1Y, organisation: b}]      | retention.yml:1: error: organisation is b; allowed is nordlys-handel-as
            rules: [{id: a, period: P1Y}, {id: a, period: P1Y}] | retention.yml:1: error: the rule a is declared twice, first at retention.yml:1
            rules: {a: P1Y}                                     | retention.yml:1: error: rules must be a list
            [a]                                                 | retention.yml:1: error: the file must be a mapping of keys to values
            """)
    void of_retention_rules_are_told(String text, String finding) {
        List<String> errors = new MapFolder().with("retention.yml", text).findings(Finding.Severity.ERROR);
        assertTrue(errors.contains(finding), errors.toString());
    }

    @Test
    void all_are_told_at_once() {
        List<String> errors = new MapFolder()
                .with("organisation.yml", "regime: mars\nname: [x\n")
                .with("systems.yml", MapFolder.SYSTEMS.replace("crm, kind: jdbc", "crm, kind: ldap"))
                .with("crm.yml", MapFolder.CRM.replace("on_erasure: mask", "on_erasure: forget"))
                .with("billing.yml", MapFolder.BILLING.replace("customer.id", "customer.no"))
                .findings(Finding.Severity.ERROR);
        assertEquals(
                List.of("billing.yml", "crm.yml", "organisation.yml", "systems.yml"),
                errors.stream().map(e -> e.split(":")[0]).distinct().toList());
        assertEquals(4, errors.size(), errors.toString());
    }

    @Test
    void files_that_are_none_are_told() {
        assertEquals(
                List.of("organisation.yml:1: error: is missing"),
                new MapFolder().without("organisation.yml").findings(Finding.Severity.ERROR));
        assertTrue(new MapFolder()
                .with("crm.yml", "")
                .findings(Finding.Severity.ERROR)
                .contains("crm.yml:1: error: is empty"));
        assertTrue(new MapFolder()
                .with("crm.yml", "a: b\nc: \u00e6\n".getBytes(StandardCharsets.ISO_8859_1))
                .findings(Finding.Severity.ERROR)
                .contains("crm.yml:2: error: is not UTF-8; save the file in that encoding"));
        assertTrue(new MapFolder()
                .with("crm.yml", "dataset:\n  - a: \u0007\n").findings(Finding.Severity.ERROR).stream()
                        .anyMatch(e -> e.startsWith("crm.yml:2: error: is not YAML")));
        assertEquals(
                List.of("/nowhere/at/all:1: error: is no folder"),
                DataMapLoader.ofProcess().load(Path.of("/nowhere/at/all")).errors().stream()
                        .map(Finding::toString)
                        .toList());
    }

    @Test
    void a_variable_inside_braces_needs_quotes_and_the_message_says_so() {
        assertTrue(new MapFolder()
                .with("systems.yml", "systems:\n  - {name: crm, kind: jdbc, url: ${URL}}\n")
                .findings(Finding.Severity.ERROR)
                .get(0)
                .contains("inside braces a variable needs quotes: \"${NAME}\""));
    }

    @Test
    void bombs_do_not_go_off() {
        StringBuilder nested = new StringBuilder("x0: &x0 {name: a, fields: [{name: b}]}\n");
        for (int i = 1; i < 19; i++) {
            nested.append("x%d: &x%d {name: a, fields: [*x%d, *x%d, *x%d, *x%d]}\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        nested.append("dataset:\n  - {fides_key: crm, collections: [{name: customer, fields: [*x18]}]}\n");
        List<String> errors = assertTimeout(
                Duration.ofSeconds(20),
                () -> new MapFolder().with("crm.yml", nested.toString()).findings(Finding.Severity.ERROR));
        assertTrue(errors.stream().anyMatch(e -> e.contains("aliases expand")), errors.toString());

        String endless = "dataset:\n  - fides_key: crm\n    collections:\n      - name: c\n        fields: &f\n"
                + "          - {name: a, fields: *f}\n";
        assertTrue(new MapFolder()
                .with("crm.yml", endless).findings(Finding.Severity.ERROR).stream()
                        .anyMatch(e -> e.contains("nested more than")));
        String deep = "a: " + "[".repeat(5000) + "]".repeat(5000);
        assertTrue(new MapFolder()
                .with("crm.yml", deep).findings(Finding.Severity.ERROR).stream()
                        .anyMatch(e -> e.startsWith("crm.yml:1: error: is not YAML")));
    }

    @Test
    void recipients_outside_the_declared_list_are_errors() {
        String systems = MapFolder.SYSTEMS.replace("name: crm,", "name: crm, recipients: [{name: Post}, Bank],");
        assertEquals(List.of(), new MapFolder().with("systems.yml", systems).findings(Finding.Severity.ERROR));
        assertEquals(
                List.of("systems.yml:2: error: the recipient Bank is not among the recipients of organisation.yml"),
                new MapFolder()
                        .with("systems.yml", systems)
                        .with("organisation.yml", MapFolder.ORGANISATION + "recipients: [Post]\n")
                        .findings(Finding.Severity.ERROR));
    }

    @Test
    void what_is_probably_a_mistake_is_a_warning() {
        List<String> warnings = new MapFolder()
                .with("organisation.yml", MapFolder.ORGANISATION + "colour: blue\n")
                .with(
                        "systems.yml",
                        MapFolder.SYSTEMS + "  - {name: paper, kind: manual, owner: Kari}\n"
                                + "  - {name: lost, kind: jdbc, url: 'jdbc:h2:mem:'}\n")
                .with(
                        "crm.yml",
                        MapFolder.CRM
                                + """
                          - name: island
                            habeas: {on_erase: mask, while_retained: [id]}
                            fields:
                              - {name: id, data_categories: [person], fides_meta: {primary_key: true}, habeas: {mask: hash}}
                        """
                                        .indent(4))
                .with("notes.yml", "text: hello\n")
                .findings(Finding.Severity.WARNING);
        assertEquals(
                List.of(
                        "crm.yml:15: warning: crm.island cannot be reached: no identity, and no reference leads to it"
                                + " from one",
                        "crm.yml:16: warning: unknown key on_erase under habeas is ignored; known are purpose,"
                                + " on_erasure, retention, while_retained, collected",
                        "crm.yml:16: warning: while_retained names id, which is a primary key or read only: it cannot"
                                + " be masked",
                        "crm.yml:16: warning: while_retained without a retention: nothing retains the rows of"
                                + " crm.island",
                        "crm.yml:18: warning: the category person lies neither under user nor under system: it says"
                                + " nothing about a person",
                        "crm.yml:18: warning: the mask of id is never used: it is a primary key",
                        "notes.yml:1: warning: has no root dataset: the file is ignored",
                        "organisation.yml:6: warning: unknown key colour under the root is ignored; known are name,"
                                + " contact, postal_address, data_protection_officer, supervisory_authority, languages,"
                                + " time_zone, regime, purposes, companies, recipients, assurance,"
                                + " access_needs_approval, own_records",
                        "systems.yml:4: warning: owner is no e-mail address: the tasks of this system can be answered"
                                + " by an officer only",
                        "systems.yml:5: warning: the system lost has no dataset of that fides_key: nothing is searched"
                                + " in it"),
                warnings);
    }

    @Test
    void a_system_with_an_api_needs_calls_for_its_collections() {
        String systems =
                """
                systems:
                  - {name: crm, kind: http, url: "https://crm.example", collections: {ticket: {find: []}}}
                  - {name: billing, kind: jdbc, url: "jdbc:x:"}
                """;
        assertEquals(
                List.of(
                        "systems.yml:2: warning: no call finds rows of crm.customer (collections: {customer: {find: …}})",
                        "systems.yml:2: warning: calls are described for ticket, which is no collection of crm"),
                new MapFolder().with("systems.yml", systems).findings(Finding.Severity.WARNING));
    }
}
