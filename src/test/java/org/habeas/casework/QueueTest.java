package org.habeas.casework;

import static org.habeas.casework.Desk.body;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.request.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue over the API: order, pages, filters, search. */
@QuarkusTest
class QueueTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Oslo"));

    @Inject
    Desk desk;

    @Inject
    Cases cases;

    @ParameterizedTest
    @ValueSource(strings = {"due", "-due", "received_at", "-received_at"})
    void pagesFollowOneAnotherWithoutGapOrRepetition(String sort) {
        String officer = "pages-" + UUID.randomUUID();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(registered(TODAY.minusDays(i % 3), "pages@example.org", officer));
        }
        List<String> seen = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        String next = "";
        do {
            JsonPath page = list("assignee=" + officer + "&sort=" + sort + "&limit=2&after=" + next);
            seen.addAll(page.getList("items.reference"));
            keys.addAll(page.getList(sort.contains("due") ? "items.due" : "items.received_at"));
            next = page.getString("next");
        } while (next != null);
        assertEquals(7, seen.size());
        assertTrue(seen.containsAll(made));
        List<String> sorted = new ArrayList<>(keys);
        sorted.sort(sort.startsWith("-") ? java.util.Comparator.reverseOrder() : java.util.Comparator.naturalOrder());
        assertEquals(sorted, keys);
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String officer = "cursor-" + UUID.randomUUID();
        registered(TODAY, "a@example.org", officer);
        registered(TODAY, "a@example.org", officer);
        String next = list("assignee=" + officer + "&limit=1").getString("next");
        for (String wrong : List.of("x", next.substring(1), next + "A", "e30", "%00", next + "&sort=received_at")) {
            desk.call("officer", "GET", "/api/v1/cases?limit=1&after=" + wrong, null)
                    .statusCode(422);
        }
    }

    @Test
    void filtersNarrowTheList() {
        String officer = "filters-" + UUID.randomUUID();
        String old = registered(TODAY.minusMonths(3), "old@example.org", officer);
        String fresh = registered(TODAY, "fresh@example.org", officer);
        assertEquals(List.of(old), references("assignee=" + officer + "&overdue=true"));
        assertEquals(List.of(fresh), references("assignee=" + officer + "&overdue=false"));
        assertEquals(List.of(old, fresh), references("assignee=" + officer + "&state=unverified,open&right=access"));
        assertEquals(List.of(), references("assignee=" + officer + "&state=closed"));
        assertEquals(List.of(), references("assignee=" + officer + "&right=erasure"));
        desk.call("officer", "GET", "/api/v1/cases?assignee=none&limit=200", null)
                .body("items.reference", not(hasItem(old)));
        JsonPath first = list("assignee=" + officer);
        assertTrue(first.getInt("items[0].days_left") < 0);
        assertEquals("overdue", first.getString("items[0].urgency"));
        assertEquals("o•••@example.org", first.getString("items[0].person"));
    }

    @Test
    void aCaseIsFoundByReferenceItsBeginningAndAnIdentifier() {
        String email = "find-" + UUID.randomUUID() + "@example.org";
        String reference = registered(TODAY, email, "somebody");
        assertEquals(List.of(reference), references("q=" + reference));
        assertEquals(
                List.of(reference), references("q=" + reference.toLowerCase().replace("-", "")));
        assertTrue(references("limit=200&q=" + reference.substring(0, 6)).contains(reference));
        assertEquals(List.of(reference), references("q=" + email.toUpperCase()));
        assertEquals(List.of(), references("q=nobody-" + email));
        assertEquals(List.of(), references("q=' or 1=1 --"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=lost",
                "right=x",
                "overdue=maybe",
                "sort=colour",
                "limit=0",
                "limit=201",
                "limit=x",
                "after=x"
            })
    void whatCannotBeReadIsNamed(String query) {
        desk.call("officer", "GET", "/api/v1/cases?" + query, null)
                .statusCode(422)
                .body("violations.field", contains(query.split("=")[0]));
    }

    @Test
    void restrictedCasesAreFoundByThemselves() {
        String objection =
                desk.asked("objection", "restricted@example.org").inReview().reference();
        String access =
                desk.asked("access", "restricted@example.org").inReview().reference();
        List<String> restricted = references("limit=200&sort=-received_at&restricted=true");
        assertTrue(restricted.contains(objection));
        assertTrue(!restricted.contains(access));
        desk.call("officer", "GET", "/api/v1/cases?restricted=perhaps", null).statusCode(422);
    }

    @Test
    void severalMistakesAreToldTogether() {
        desk.call("officer", "GET", "/api/v1/cases?state=x&right=y&sort=z", null)
                .statusCode(422)
                .body("violations.field", contains("state", "right", "sort"));
        desk.call("officer", "GET", "/api/v1/cases", null)
                .body("items.person", everyItem(org.hamcrest.Matchers.notNullValue()));
    }

    private String registered(LocalDate received, String email, String officer) {
        Map<String, Object> filing = body(
                "right",
                "access",
                "identifiers",
                Map.of("email", email),
                "channel",
                "post",
                "received_at",
                received.toString());
        String reference = desk.call("officer", "POST", "/api/v1/cases", filing)
                .statusCode(201)
                .extract()
                .path("reference");
        cases.assign(new Reference(reference), Actor.officer(officer), officer, false);
        return reference;
    }

    private List<String> references(String query) {
        return list(query).getList("items.reference");
    }

    private JsonPath list(String query) {
        return desk.call("officer", "GET", "/api/v1/cases?" + query, null)
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
