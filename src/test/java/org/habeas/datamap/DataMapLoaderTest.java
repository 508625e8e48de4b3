package org.habeas.datamap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.datamap.FieldReference.Direction;
import org.habeas.law.RetentionRule;
import org.junit.jupiter.api.Test;

/** What a right map means. */
class DataMapLoaderTest {
    @Test
    void the_contracts_example_loads() {
        Loaded loaded = new MapFolder().load();
        assertEquals(List.of(), loaded.errors());

        MappedCollection invoice = loaded.map().collection("billing", "invoice").orElseThrow();
        assertEquals(Optional.of("invoicing"), invoice.purpose());
        assertEquals(new MappedCollection.OnErasure.Delete(), invoice.onErasure());
        assertEquals(Optional.of(new MappedCollection.Retention("no-bookkeeping", "issued_on")), invoice.retention());
        assertEquals(List.of("marketing_note"), invoice.whileRetained());
        assertEquals(
                List.of("id"),
                invoice.primaryKey().stream().map(MappedField::name).toList());
        assertEquals(
                List.of(new FieldReference(new FieldAddress("crm", "customer", "id"), Direction.FROM)),
                invoice.field("customer_id").orElseThrow().references());
        MappedField note = invoice.field("marketing_note").orElseThrow();
        assertEquals(Optional.of(new Mask.Empty()), note.mask());
        assertFalse(note.correctable());
        assertTrue(note.personal());
        assertEquals(new Position("billing.yml", 14), note.at());
        assertEquals(
                Optional.of("reader"),
                loaded.map().system("billing").orElseThrow().username());
    }

    @Test
    void nested_fields_become_dotted_names_and_categories_are_inherited() {
        MappedCollection customer =
                new MapFolder().load().map().collection("crm", "customer").orElseThrow();
        assertEquals(
                List.of("id", "email", "home.city", "home.zip"),
                customer.fields().stream().map(MappedField::name).toList());
        assertEquals(
                List.of("user.contact.address"),
                customer.field("home.city").orElseThrow().categories());
        assertEquals(
                List.of("user.contact.address.postal_code"),
                customer.field("home.zip").orElseThrow().categories());
    }

    @Test
    void everything_but_name_and_contact_has_a_default_that_is_named() {
        MapFolder folder = new MapFolder()
                .with("organisation.yml", "name: A\ncontact: b@c.example\n")
                .with("crm.yml", MapFolder.CRM.replace("purpose: orders, ", ""))
                .with("billing.yml", MapFolder.BILLING.replace("          purpose: invoicing\n", ""));
        Loaded loaded = folder.load();
        Organisation organisation = loaded.map().organisation();
        assertEquals(List.of(), loaded.errors());
        assertEquals("gdpr-no", organisation.regime());
        assertEquals(ZoneId.of("Europe/Oslo"), organisation.zone());
        assertEquals(List.of("en", "nb", "nn"), organisation.languages());
        assertEquals("Datatilsynet", organisation.authority().name());
        assertEquals(
                new Organisation.OwnRecords(
                        Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Period.ofYears(3)),
                organisation.ownRecords());
        List<String> notes = folder.findings(Finding.Severity.NOTE);
        assertTrue(notes.contains("organisation.yml:1: note: regime is not given: gdpr-no"), notes.toString());
        assertTrue(notes.contains("organisation.yml:1: note: time_zone is not given: Europe/Oslo"));
        assertTrue(notes.contains("retention.yml:1: note: is not there: only the rules that ship are known"));
        assertTrue(notes.contains("systems.yml:2: note: title is not given: crm"));
    }

    @Test
    void an_organisation_can_say_everything() {
        Organisation organisation = new MapFolder()
                .with(
                        "organisation.yml",
                        """
                        name: Nordlys
                        contact: {name: Privacy, email: privacy@nordlys.example}
                        postal_address: Postboks 1, 0001 Oslo
                        data_protection_officer: {name: Kari, email: dpo@nordlys.example, phone: "+4722222222"}
                        supervisory_authority: {name: ICO, postal_address: Wilmslow, website: "https://ico.org.uk"}
                        languages: [nb, en]
                        time_zone: Europe/London
                        regime: uk
                        purposes:
                          orders: contract
                          invoicing: {title: Invoices, legal_basis: legal obligation}
                        companies:
                          - {id: nordlys-retail, name: Nordlys Retail AS, regime: gdpr-no, contact: r@nordlys.example}
                        assurance: {erasure: signed-in}
                        access_needs_approval: true
                        own_records: {unverified: P1D, packages: P2D, findings: P3D, cases: P5Y}
                        """)
                .load()
                .map()
                .organisation();
        assertEquals("privacy@nordlys.example", organisation.contact());
        assertEquals(
                Optional.of("dpo@nordlys.example"),
                organisation.dataProtectionOfficer().orElseThrow().email());
        assertEquals("ICO", organisation.authority().name());
        assertEquals(List.of("nb", "en"), organisation.languages());
        assertEquals("uk", organisation.regime());
        assertEquals("contract", organisation.purpose("orders").orElseThrow().legalBasis());
        assertEquals("Invoices", organisation.purpose("invoicing").orElseThrow().title());
        assertEquals(
                Optional.of("gdpr-no"),
                organisation.company("nordlys-retail").orElseThrow().regime());
        assertEquals(Map.of("erasure", "signed-in"), organisation.assurance());
        assertTrue(organisation.accessNeedsApproval());
        assertEquals(Period.ofYears(5), organisation.ownRecords().cases());
    }

    @Test
    void a_rule_can_change_with_a_day_and_be_another_in_a_company_of_the_group() {
        Loaded loaded = new MapFolder()
                .with(
                        "organisation.yml",
                        MapFolder.ORGANISATION + "companies: [{id: north, name: North}, {id: south, name: South}]\n")
                .with("systems.yml", MapFolder.SYSTEMS.replace("name: crm,", "name: crm, tables_of: north,"))
                .with(
                        "retention.yml",
                        """
                        rules:
                          - {id: no-bookkeeping, organisation: north, financial_year_ends: 06-30, mode: auto}
                          - {id: no-bookkeeping, valid_from: 2027-01-01, period: P7Y}
                        """)
                .load();
        assertEquals(List.of(), loaded.errors());
        RetentionRule group = loaded.map().rule("no-bookkeeping", "elsewhere").orElseThrow();
        assertEquals(LocalDate.parse("2031-12-31"), group.until(LocalDate.parse("2026-12-31")));
        assertEquals(LocalDate.parse("2034-12-31"), group.until(LocalDate.parse("2027-01-01")));
        RetentionRule north = loaded.map().rule("no-bookkeeping", "crm").orElseThrow();
        assertEquals(Optional.of("north"), north.organisation());
        assertEquals(Period.ofYears(7), north.period());
        assertEquals(MonthDay.of(6, 30), north.financialYearEnds());
    }

    @Test
    void a_rule_of_the_same_id_replaces_what_it_says_of_one_that_ships() {
        Loaded loaded = new MapFolder()
                .with(
                        "retention.yml",
                        """
                        rules:
                          - {id: no-bookkeeping, mode: auto, financial_year_ends: 06-30}
                          - {id: own, citation: board, title: Own, period: P3Y6M, starts: event, mode: approve}
                          - {id: bare, period: P30D}
                        """)
                .load();
        assertEquals(List.of(), loaded.errors());
        RetentionRule bookkeeping = loaded.map().rule("no-bookkeeping", "").orElseThrow();
        assertEquals(Period.ofYears(5), bookkeeping.period());
        assertEquals(RetentionRule.Mode.AUTO, bookkeeping.mode());
        assertEquals(MonthDay.of(6, 30), bookkeeping.financialYearEnds());
        assertEquals("bokføringsloven § 13", bookkeeping.citation());
        assertEquals(
                RetentionRule.Mode.APPROVE,
                loaded.map().rule("own", "").orElseThrow().mode());
        assertEquals(
                RetentionRule.Mode.REPORT,
                loaded.map().rule("bare", "").orElseThrow().mode());
        assertTrue(loaded.map().rule("no-limitation", "").isPresent());
    }

    @Test
    void every_mask_and_erasure_can_be_written() {
        Loaded loaded = new MapFolder()
                .with(
                        "crm.yml",
                        """
                        dataset:
                          - fides_key: crm
                            collections:
                              - name: customer
                                habeas:
                                  on_erasure: keep: it's evidence, for a while
                                fields:
                                  - {name: id, fides_meta: {primary_key: true}}
                                  - {name: email, fides_meta: {identity: email}, habeas: {match: exact}}
                                  - {name: a, habeas: {mask: clear}}
                                  - {name: b, habeas: {mask: null}}
                                  - {name: c, habeas: {mask: {text: "X Y"}}}
                                  - {name: d, habeas: {mask: hash}}
                                  - {name: e, habeas: {mask: year}}
                                  - {name: f, habeas: {mask: random}}
                                  - {name: g, fides_meta: {masking_strategy_override: {strategy: null_rewrite}}}
                                  - name: h
                                    habeas:
                                      mask:
                              - name: one
                                habeas: {on_erasure: {keep: a reason}}
                                fields: [{name: id, fides_meta: {references: [{dataset: crm, field: customer.id}]}}]
                              - name: two
                                habeas: {on_erasure: "keep: quoted"}
                                fields: [{name: id, fides_meta: {references: [{dataset: crm, field: customer.id}]}}]
                        """)
                .load();
        assertEquals(List.of(), loaded.errors());
        MappedCollection customer = loaded.map().collection("crm", "customer").orElseThrow();
        assertEquals(new MappedCollection.OnErasure.Keep("it's evidence, for a while"), customer.onErasure());
        assertTrue(customer.field("email").orElseThrow().exactMatch());
        assertEquals(Optional.empty(), customer.field("email").orElseThrow().mask());
        assertEquals(
                List.of(
                        new Mask.Clear(),
                        new Mask.Clear(),
                        new Mask.Text("X Y"),
                        new Mask.Hash(),
                        new Mask.Year(),
                        new Mask.Random(),
                        new Mask.Clear(),
                        new Mask.Clear()),
                customer.fields().stream().flatMap(f -> f.mask().stream()).toList());
        assertEquals(
                new MappedCollection.OnErasure.Keep("a reason"),
                loaded.map().collection("crm", "one").orElseThrow().onErasure());
        assertEquals(
                new MappedCollection.OnErasure.Keep("quoted"),
                loaded.map().collection("crm", "two").orElseThrow().onErasure());
    }

    @Test
    void a_fides_file_from_elsewhere_loads_as_it_is() {
        Loaded loaded = new MapFolder()
                .with(
                        "crm.yml",
                        """
                        dataset:
                          - fides_key: crm
                            organization_fides_key: default_organization
                            name: Example
                            description: an example
                            meta: null
                            data_categories: [system.operations]
                            fides_meta: {resource_id: x, after: [billing]}
                            collections:
                              - name: customer
                                description: null
                                data_qualifier: aggregated.anonymized
                                fides_meta: {after: [billing.invoice], skip_processing: false}
                                fields:
                                  - name: id
                                    data_categories: [user.unique_id]
                                    fidesops_meta: {primary_key: True, data_type: integer, length: 40}
                                  - name: email
                                    data_categories: [user.contact.email]
                                    fides_meta: {identity: email, data_type: string, read_only: yes}
                                  - name: created
                              - name: log
                                fides_meta: {skip_processing: true}
                                fields:
                                  - {name: id, fides_meta: {references: [{dataset: crm, field: customer.id, direction: to}]}}
                        """)
                .load();
        assertEquals(List.of(), loaded.errors());
        MappedCollection customer = loaded.map().collection("crm", "customer").orElseThrow();
        assertEquals(OptionalInt.of(40), customer.field("id").orElseThrow().length());
        assertTrue(customer.field("id").orElseThrow().primaryKey());
        assertTrue(customer.field("email").orElseThrow().readOnly());
        assertTrue(customer.field("created").orElseThrow().technical());
        assertEquals(List.of("billing.invoice"), customer.after());
        assertTrue(loaded.map().collection("crm", "log").orElseThrow().skip());
    }

    @Test
    void what_a_dataset_says_holds_for_its_collections() {
        Loaded loaded = new MapFolder()
                .with(
                        "crm.yml",
                        MapFolder.CRM
                                .replace("    name: Customers", "    habeas: {purpose: invoicing, on_erasure: mask}")
                                .replace("habeas: {purpose: orders, on_erasure: mask}", "habeas: {purpose: orders}"))
                .load();
        MappedCollection customer = loaded.map().collection("crm", "customer").orElseThrow();
        assertEquals(Optional.of("orders"), customer.purpose());
        assertEquals(new MappedCollection.OnErasure.Mask(), customer.onErasure());
    }

    @Test
    void variables_have_defaults_anchors_merge_and_dollars_can_be_escaped() {
        Loaded loaded = new MapFolder()
                .with(
                        "systems.yml",
                        """
                        base: &base
                          kind: jdbc
                          username: ${WHO:someone}
                          pool: {max: 3, wait: "${DB_USER}"}
                        systems:
                          - <<: *base
                            name: crm
                            url: jdbc:postgresql://${HOST}:5432/crm
                            password: "a$${b}"
                          - {<<: *base, name: billing, url: "jdbc:h2:mem:", username: me}
                        """)
                .variable("HOST", "db.example")
                .load();
        assertEquals(List.of(), loaded.errors());
        SystemEntry crm = loaded.map().system("crm").orElseThrow();
        assertEquals(Optional.of("jdbc:postgresql://db.example:5432/crm"), crm.url());
        assertEquals(Optional.of("someone"), crm.username());
        assertEquals(Optional.of("a${b}"), crm.password());
        assertEquals(3, crm.settings().get("pool").get("max").intValue());
        assertEquals("reader", crm.settings().get("pool").get("wait").textValue());
        assertEquals(
                Optional.of("me"), loaded.map().system("billing").orElseThrow().username());
        assertFalse(crm.toString().contains("db.example"));
    }

    @Test
    void eight_hundred_collections_take_well_under_a_second() {
        StringBuilder text = new StringBuilder("dataset:\n  - fides_key: crm\n    collections:\n");
        for (int i = 0; i < 800; i++) {
            text.append("      - name: c").append(i).append("\n        fields:\n");
            text.append("          - {name: id, fides_meta: {primary_key: true, data_type: integer}}\n");
            text.append("          - {name: email, fides_meta: {identity: email}}\n");
            for (int f = 0; f < 20; f++) {
                text.append("          - {name: f").append(f).append(", data_categories: [user.contact]}\n");
            }
            text.append("          - {name: parent, fides_meta: {references: [{dataset: crm, field: c")
                    .append(i / 2)
                    .append(".id, direction: from}]}}\n");
        }
        MapFolder folder = new MapFolder().with("crm.yml", text.toString()).without("billing.yml");
        folder.load();
        long before = processorTime();
        Loaded loaded = folder.load();
        Links links = Links.of(loaded.map());
        assertTrue(processorTime() - before < 1_000_000_000L, "took " + (processorTime() - before) + " ns");
        assertEquals(List.of(), loaded.errors());
        assertTrue(links.reachable(new CollectionKey("crm", "c799")));
    }

    /** Not the clock on the wall: other work on the machine does not count. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
