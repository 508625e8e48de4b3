package org.habeas.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Loaded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between what the data map holds and what the policy says. */
class GapsTest {
    @TempDir
    Path folder;

    private String system = "kind: jdbc, url: \"jdbc:postgresql://127.0.0.1/shop\"";
    private String reachable = ", habeas: {reachable: true}";

    @Test
    void aPolicyThatSaysAllHasNoGap() throws IOException {
        assertEquals(
                List.of(),
                told(new Promises(
                        List.of("orders", "news"), List.of("Posten"), Map.of("orders", Period.parse("P5Y")))));
    }

    @Test
    void whatThePolicyDoesNotCoverIsNamedWithItsPlace() throws IOException {
        List<String> told = told(new Promises(List.of("orders"), List.of(), Map.of()));
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.get(0).contains("shop.subscriber is kept for the purpose news"), told.get(0));
        assertTrue(told.get(0).startsWith("shop.yml:"), told.get(0));
        assertTrue(told.get(1).contains("gives data to Posten"), told.get(1));
        assertTrue(told.get(1).startsWith("systems.yml:"), told.get(1));
    }

    @Test
    void aPromiseThatNoRuleKeepsIsNamed() throws IOException {
        List<String> told = told(new Promises(
                List.of("orders", "news", "dreams"),
                List.of("Posten", "Nobody Ltd"),
                Map.of("orders", Period.parse("P3Y"), "news", Period.parse("P1Y"))));
        assertEquals(4, told.size(), told.toString());
        assertTrue(told.get(0).contains("no rule ends it for shop.subscriber"), told.get(0));
        assertTrue(told.get(1).contains("the rule books keeps shop.customer for P5Y"), told.get(1));
        assertTrue(told.get(2).contains("nothing in the map is kept for the purpose dreams"), told.get(2));
        assertTrue(told.get(3).contains("no system of the map gives data to Nobody Ltd"), told.get(3));
    }

    @Test
    void aPolicyBesideTheMapSaysWhatItPromisesBeforeItsText() throws IOException {
        Files.writeString(
                folder.resolve("policy.nb.md"),
                "---\npurposes: [orders]\nrecipients: [Posten]\nkept: {orders: P5Y}\n---\n\n# Erklæring\n\n---\nslutt\n");
        PolicyFile file = PolicyFile.promising(folder, List.of("en", "nb")).orElseThrow();
        assertEquals("# Erklæring\n\n---\nslutt", file.markdown());
        assertEquals(
                Optional.of(new Promises(List.of("orders"), List.of("Posten"), Map.of("orders", Period.ofYears(5)))),
                file.promises());
        Files.writeString(folder.resolve("policy.en.md"), "---\nkept: {orders: soon}\n---\nText\n");
        assertThrows(IllegalArgumentException.class, () -> PolicyFile.in(folder, "en"));
    }

    @Test
    void whoCannotBeToldOfADifferentUseIsNamed() throws IOException {
        Promises all =
                new Promises(List.of("orders", "news"), List.of("Posten"), Map.of("orders", Period.parse("P5Y")));
        system = "kind: manual, owner: o@shop.example";
        List<String> told = told(all);
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.get(0).contains("shop has e-mail addresses and is no database"), told.get(0));
        reachable = "";
        system = "kind: jdbc, url: \"jdbc:postgresql://127.0.0.1/shop\"";
        assertTrue(
                told(all).get(0).contains("names none as reachable"), told(all).toString());
    }

    private List<String> told(Promises promises) throws IOException {
        return Gaps.between(map(), promises).stream().map(Object::toString).toList();
    }

    private DataMap map() throws IOException {
        Files.writeString(
                folder.resolve("organisation.yml"),
                "name: Shop\ncontact: a@shop.example\npurposes: [orders, news, dreams]\n");
        Files.writeString(
                folder.resolve("systems.yml"), "systems:\n  - {name: shop, " + system + ", recipients: [Posten]}\n");
        Files.writeString(
                folder.resolve("retention.yml"),
                "rules:\n  - {id: books, title: Books, citation: Law, period: P5Y, starts: event, mode: auto}\n");
        Files.writeString(
                folder.resolve("shop.yml"),
                """
                dataset:
                  - fides_key: shop
                    name: Shop
                    collections:
                      - name: customer
                        habeas: {purpose: orders, retention: {rule: books, from: since}}
                        fields:
                          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                          - {name: since}
                      - name: subscriber
                        habeas: {purpose: news}
                        fields:
                          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}%s}
                """
                        .formatted(reachable));
        Loaded loaded = new DataMapLoader(name -> Optional.empty()).load(folder);
        assertEquals(List.of(), loaded.errors());
        return loaded.map();
    }
}
