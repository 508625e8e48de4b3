package org.habeas.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.Organisation;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Findings.FoundCollection;
import org.habeas.fulfilment.Findings.FoundSystem;
import org.habeas.fulfilment.Findings.Retained;
import org.habeas.fulfilment.Redacted.Redaction;
import org.habeas.fulfilment.SystemStatus;
import org.habeas.law.RetentionRule;
import org.habeas.law.Right;
import org.habeas.request.Reference;
import org.habeas.words.Words;

/** Answers to be packed: Ada's, in a shop's systems and an archive on paper; nobody's; one with many orders. */
final class Answers {
    static final Instant WRITTEN = Instant.parse("2026-11-26T08:00:00Z");

    private Answers() {}

    static Contents ofAda(String language) {
        var customer = new FoundCollection("customer", 1, 0, List.of());
        var orders = new FoundCollection(
                "orders", 2, 1, List.of(new Retained("no-bookkeeping", Optional.of(LocalDate.parse("2031-12-31")), 2)));
        var letters = new FoundCollection("letters", 1, 0, List.of());
        List<FoundSystem> systems = List.of(
                new FoundSystem("crm", SystemStatus.FOUND, Optional.empty(), List.of(customer, orders)),
                new FoundSystem("archive", SystemStatus.FOUND, Optional.empty(), List.of(letters)),
                new FoundSystem("web", SystemStatus.NONE, Optional.empty(), List.of()));
        Map<String, List<Map<String, Object>>> rows = Map.of(
                "customer",
                List.of(row(
                        "id",
                        9007199254740993L,
                        "full_name",
                        "Ada Strand",
                        "newsletter",
                        true,
                        "balance",
                        new BigDecimal("12345678901234567890.250"),
                        "profile.city",
                        "Oslo",
                        "note",
                        null)),
                "orders",
                List.of(
                        row(
                                "id",
                                1L,
                                "title",
                                "=HYPERLINK(\"http://evil.example\")",
                                "amount",
                                new BigDecimal("-12.50")),
                        row("id", 2L, "title", "two\nlines; +47")),
                "letters",
                List.of(row("number", "n-1", "text", "<script>alert(1)</script>", "=x", "@y")));
        return contents(
                language,
                systems,
                List.of(new Redaction("crm", "orders", "r2", Optional.of("amount"), Optional.empty(), "art-15-4")),
                (system, collection, each) -> rows.get(collection).forEach(each));
    }

    static Contents ofNobody() {
        return contents(
                "en",
                List.of(
                        new FoundSystem("crm", SystemStatus.NONE, Optional.empty(), List.of()),
                        new FoundSystem("archive", SystemStatus.NONE, Optional.empty(), List.of())),
                List.of(),
                (system, collection, each) -> {});
    }

    static Contents ofManyOrders(int count) {
        return contents(
                "en",
                List.of(new FoundSystem(
                        "crm",
                        SystemStatus.FOUND,
                        Optional.empty(),
                        List.of(new FoundCollection("orders", count, 0, List.of())))),
                List.of(),
                (system, collection, each) -> {
                    for (long i = 0; i < count; i++) {
                        each.accept(row("id", i, "title", "a book", "amount", new BigDecimal("10.00")));
                    }
                });
    }

    private static Contents contents(String language, List<FoundSystem> systems, List<Redaction> hidden, Rows rows) {
        return new Contents(
                new Reference("H-7K3Q-9M2X-4T"),
                Right.ACCESS,
                "Nordlys Retail",
                "http://127.0.0.1:8080/request",
                WRITTEN,
                Words.of(language).in(ZoneId.of("Europe/Oslo")),
                map(),
                systems,
                hidden,
                rows);
    }

    private static DataMap map() {
        var customer = collection(
                "customer",
                Optional.empty(),
                field("id"),
                field("full_name", "user.name"),
                field("newsletter", "user.privacy_preferences"),
                field("balance", "user.financial"),
                field("profile.city", "user.contact.address.city"),
                field("note", "user.name"),
                field("shard", "system.operations"));
        var orders = collection(
                "orders",
                Optional.of(new MappedCollection.Retention("no-bookkeeping", "ordered_on")),
                field("id"),
                field("title", "user.behavior.purchase_history"),
                field("amount", "user.financial"));
        var rule = new RetentionRule(
                "no-bookkeeping",
                "Bookkeeping Act section 13",
                "Vouchers",
                Period.ofYears(5),
                RetentionRule.Start.FINANCIAL_YEAR_END,
                MonthDay.of(12, 31),
                RetentionRule.Mode.AUTO);
        return new DataMap(
                organisation(),
                List.of(system("crm", "The shop"), system("archive", "The paper archive"), system("web", "The site")),
                List.of(new Dataset("crm", "The shop", List.of(customer, orders), Position.NONE)),
                List.of(rule));
    }

    private static SystemEntry system(String name, String title) {
        return new SystemEntry(
                name,
                title,
                SystemEntry.Kind.MANUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("NO"),
                List.of(
                        new SystemEntry.Recipient("Posten", Optional.of("NO"), Optional.empty(), Optional.empty()),
                        new SystemEntry.Recipient(
                                "Mailer Inc",
                                Optional.of("US"),
                                Optional.of("standard contractual clauses"),
                                Optional.empty())),
                Optional.of("from the customer herself"),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode().put("automated_decisions", "Credit limits are set by a score."),
                Position.NONE);
    }

    private static MappedCollection collection(
            String name, Optional<MappedCollection.Retention> retention, MappedField... fields) {
        return new MappedCollection(
                "crm",
                name,
                List.of(fields),
                Optional.of("shop"),
                new MappedCollection.OnErasure.Delete(),
                retention,
                List.of(),
                List.of(),
                false,
                Position.NONE);
    }

    private static MappedField field(String name, String... categories) {
        return new MappedField(
                name,
                List.of(categories),
                name.equals("id"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false,
                Optional.empty(),
                true,
                Position.NONE);
    }

    private static Organisation organisation() {
        return new Organisation(
                "Nordlys Group",
                "privacy@nordlys.example",
                Optional.of("Storgata 1, 0155 Oslo"),
                Optional.of(
                        new Organisation.Contact("Kari Ombud", Optional.of("dpo@nordlys.example"), Optional.empty())),
                new Organisation.Authority(
                        "Datatilsynet", Optional.of("postboks 458 Sentrum, 0105 Oslo"), Optional.empty()),
                List.of("nb", "nn", "en"),
                ZoneId.of("Europe/Oslo"),
                "gdpr-no",
                List.of(new Organisation.Purpose("shop", "Running the shop", "Contract", Optional.empty())),
                List.of(),
                Map.of(),
                false,
                new Organisation.OwnRecords(
                        Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Period.ofYears(3)));
    }

    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return row;
    }
}
