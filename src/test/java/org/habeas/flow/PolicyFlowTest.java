package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.habeas.testing.Browser;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/**
 * A policy that changes: written by one, published by another; two thousand people told once each although the power went,
 * fifty yes, thirty no, five mails that came back, and everybody else silent, which is no.
 */
@QuarkusTest
@TestProfile(FlowProfile.class)
class PolicyFlowTest {
    private static final int PEOPLE = 2000;
    private static final List<String> FEW =
            List.of("yes@few.example", "no@few.example", "silent@few.example", "gone@few.example");
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Oslo"));
    private static final Officer WRITER = Officer.ADMIN;

    @TestHTTPResource
    URL portal;

    @Inject
    PowerCut power;

    @Inject
    DataSource database;

    @Test
    void aDifferentUseIsPutToEverybodyAndEverybodysChoiceIsObeyed() {
        members();
        publish(version("same", "2020-01-01", List.of("lending", "invoicing"), "# Policy\n\nWe lend books."));
        Map<String, Object> different = version(
                "different",
                TODAY.toString(),
                List.of("lending", "invoicing", "tips"),
                "# Policy\n\nWe lend good books.");
        String id = WRITER.call("POST", "/api/v1/policies", different)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String digest = WRITER.reads("/api/v1/policies/" + id).getString("version.digest");
        WRITER.call("POST", "/api/v1/policies/" + id + "/approval", Map.of("digest", digest))
                .then()
                .statusCode(409);
        power.after(700);
        Officer.FIRST
                .call("POST", "/api/v1/policies/" + id + "/approval", Map.of("digest", digest))
                .then()
                .statusCode(200);

        until(() -> campaign(id).getString("state").equals("done"));
        assertEquals(1, power.cuts(), "the power went in the middle of a batch");
        assertEquals(PEOPLE, campaign(id).getInt("people"), "each once, who is there twice too");
        until(() -> Crowd.all().size() >= PEOPLE - FEW.size());
        List<Crowd.Arrived> arrived = Crowd.all();
        Map<String, Crowd.Arrived> mails = Crowd.byPerson(arrived);
        assertEquals(PEOPLE - FEW.size(), mails.size());
        assertEquals(
                PEOPLE - FEW.size(),
                arrived.stream().map(Crowd.Arrived::messageId).distinct().count());

        Map<String, String> choices = answers(mails);
        bounces(mails);
        JsonPath standing = campaign(id);
        assertEquals(
                List.of(50, 30, 5, PEOPLE - 80),
                List.of(
                        standing.getInt("accepted"),
                        standing.getInt("declined"),
                        standing.getInt("bounced"),
                        standing.getInt("silent")));
        everyActIsWrittenDown(id);
        theFeedTells(choices);
        theMapKeepsTheRestOut(choices);
        thePackageTellsEach();
        aLostLinkComesAgain();
    }

    /** The page says the same to everybody; only whom we asked gets a mail, with the link that she had. */
    private void aLostLinkComesAgain() {
        for (String address : List.of("nobody@few.example", FEW.get(2))) {
            Browser browser = new Browser(portal.toString(), "en").open("/choice");
            assertEquals(200, browser.fill("email", address).press().status());
            assertTrue(browser.text().contains("If we have asked somebody at this address"), browser.text());
        }
        until(() -> links(FEW.get(2)).size() == 2);
        assertEquals(1, links(FEW.get(2)).stream().distinct().count(), "the old link stays open");
        assertEquals(1, entries("choice.link-sent"));
        assertEquals(
                422,
                new Browser(portal.toString(), "en")
                        .open("/choice")
                        .fill("email", "no address")
                        .press()
                        .status());
    }

    private static List<String> links(String address) {
        return new Mailbox(address)
                .mails().stream()
                        .map(Mailbox.Mail::text)
                        .filter(text -> text.contains("/choice/"))
                        .map(Crowd::choiceIn)
                        .toList();
    }

    /** Fifty say yes and thirty no; looking at the page is no answer, however often. */
    private Map<String, String> answers(Map<String, Crowd.Arrived> mails) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put(FEW.get(0), link(FEW.get(0)));
        links.put(FEW.get(1), link(FEW.get(1)));
        mails.values().stream().limit(83).forEach(m -> links.put(m.to(), m.choice()));
        List<String> people = new ArrayList<>(links.keySet());
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put(people.get(0), "accepted");
        choices.put(people.get(1), "declined");
        people.subList(2, 51).forEach(p -> choices.put(p, "accepted"));
        people.subList(51, 80).forEach(p -> choices.put(p, "declined"));
        Browser browser = new Browser(portal.toString(), "en");
        choices.forEach((person, choice) -> {
            browser.open(links.get(person));
            assertTrue(browser.text().contains("You have not chosen"), browser.text());
            browser.press(choice.equals("accepted") ? "Yes, you may" : "No, you may not");
            assertTrue(browser.text().contains(choice.equals("accepted") ? "You said yes" : "You said no"));
        });
        // taking it back is as easy, and so is giving it again
        browser.open(links.get(people.get(0))).press("No, you may not").press("Yes, you may");
        browser.open(links.get(people.get(81))).open(links.get(people.get(81)));
        assertTrue(browser.text().contains("You have not chosen"));
        assertEquals(
                404,
                new Browser(portal.toString(), "en").open("/choice/ABCDEFGH").status());
        return choices;
    }

    private void bounces(Map<String, Crowd.Arrived> mails) {
        List<String> ids = mails.values().stream()
                .skip(100)
                .limit(4)
                .map(Crowd.Arrived::messageId)
                .collect(Collectors.toCollection(ArrayList::new));
        ids.add(noticeOf(FEW.get(3)));
        for (String id : ids) {
            bounce("a-token-for-tests-only", id, "4.2.2").statusCode(202);
            bounce("a-token-for-tests-only", id, "5.1.1").statusCode(202);
            bounce("a-token-for-tests-only", id, "5.1.1").statusCode(202);
        }
        bounce("somebody", ids.get(0), "5.1.1").statusCode(401);
        bounce("a-token-for-tests-only", "<nobody@example.org>", "5.1.1").statusCode(202);
        bounce("a-token-for-tests-only", ids.get(0), "gone").statusCode(422);
    }

    private static io.restassured.response.ValidatableResponse bounce(String token, String id, String status) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(Map.of("message_id", id, "status", status))
                .post("/api/v1/bounces")
                .then();
    }

    /** One entry for each choice, each mail that came back, and the publishing; the telling counts its people. */
    private void everyActIsWrittenDown(String id) {
        assertEquals(51, entries("choice.accepted"));
        assertEquals(31, entries("choice.declined"));
        assertEquals(5, entries("mail.bounced"));
        assertEquals(2, entries("policy.published"));
        assertEquals(PEOPLE, campaign(id).getInt("people"));
    }

    private int entries(String event) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select count(*) from audit_entry where event = ?")) {
            select.setString(1, event);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Page by page, with a cursor that goes on where it was; people by the hash that the library can work out itself. */
    private void theFeedTells(Map<String, String> choices) {
        Map<String, String> told = new LinkedHashMap<>();
        String since = "";
        int pages = 0;
        for (JsonPath page = choicesSince(since); !page.getList("items").isEmpty(); page = choicesSince(since)) {
            page.<Map<String, Object>>getList("items").forEach(item -> {
                assertEquals(List.of("tips"), item.get("purposes"));
                assertEquals(2, item.get("version"));
                told.put((String) item.get("person"), (String) item.get("choice"));
            });
            since = page.getString("next");
            pages++;
        }
        assertEquals(3, pages, "82 entries in pages of 30");
        assertEquals(
                choices.entrySet().stream().collect(Collectors.toMap(e -> sha256(e.getKey()), Map.Entry::getValue)),
                told);
        String last = since;
        assertEquals(last, choicesSince(last).getString("next"), "nothing new: go on from the same place");
        given().get("/api/v1/choices").then().statusCode(401);
        Officer.FIRST.call("GET", "/api/v1/choices", null).then().statusCode(403);
        assertEquals(82, WRITER.reads("/api/v1/choices").getList("items").size());
    }

    private static JsonPath choicesSince(String since) {
        return given().header("Authorization", "Bearer a-token-of-the-library-only")
                .queryParam("since", since)
                .queryParam("limit", 30)
                .get("/api/v1/choices")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Who was there before is used for tips only after a yes; who came under the new policy unless she said no. */
    private void theMapKeepsTheRestOut(Map<String, String> choices) {
        JsonPath sorted = given().header("Authorization", "Bearer a-token-of-the-library-only")
                .contentType(ContentType.JSON)
                .body(Map.of("purpose", "tips", "identifiers", FEW))
                .post("/api/v1/choices/filter")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(List.of(FEW.get(0)), sorted.getList("usable"));
        assertEquals(FEW.subList(1, 4), sorted.getList("kept_out"));
        String lines = given().header("Authorization", "Bearer a-token-of-the-library-only")
                .queryParam("purpose", "tips")
                .get("/api/v1/choices/usable/library/member")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        Set<Integer> usable = lines.lines()
                .map(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .collect(Collectors.toSet());
        Set<Integer> wanted = IntStream.rangeClosed(0, PEOPLE)
                .filter(i -> {
                    String choice = choices.get(address(i));
                    return choice == null ? joined(i).equals(TODAY) : choice.equals("accepted");
                })
                .boxed()
                .collect(Collectors.toSet());
        assertEquals(wanted, usable);
    }

    private void thePackageTellsEach() {
        List<String> told = List.of("you said yes", "you said no", "you have not answered", "the mail came back");
        List<Ada> people = FEW.stream()
                .map(address -> Ada.asks("access", address).provesHerAddress())
                .toList();
        Officer.FIRST
                .call(
                        "POST",
                        "/api/v1/disclosures",
                        Map.of(
                                "identifiers",
                                Map.of("email", FEW.get(0)),
                                "recipient",
                                "Oslo tingrett",
                                "authority",
                                true,
                                "what",
                                "Her loans",
                                "ground",
                                "Order 17-1234",
                                "disclosed_on",
                                "2026-01-05"))
                .then()
                .statusCode(201);
        Officer.FIRST
                .call(
                        "POST",
                        "/api/v1/disclosures",
                        Map.of(
                                "identifiers",
                                Map.of("email", FEW.get(0)),
                                "recipient",
                                "Secret police",
                                "what",
                                "Her loans",
                                "ground",
                                "Order 18",
                                "disclosed_on",
                                "2026-01-06",
                                "withheld",
                                "popplyl-16-b"))
                .then()
                .statusCode(201);
        people.forEach(ada -> Officer.FIRST.fulfils(ada.sees("review"), null));
        for (int i = 0; i < people.size(); i++) {
            String summary = Ada.text(people.get(i).sees("closed").downloads().get("summary.html"));
            assertTrue(summary.contains(told.get(i)), told.get(i));
            assertTrue(summary.contains(" collected under version 1, valid from"), "the version it names");
            assertEquals(i == 0, summary.contains("Oslo tingrett"));
            assertFalse(summary.contains("Secret police"), "a ground forbids to tell it");
        }
    }

    private static Map<String, Object> version(String use, String from, List<String> purposes, String text) {
        return Map.of(
                "use",
                use,
                "valid_from",
                from,
                "texts",
                Map.of(
                        "en", Map.of("markdown", text, "change", "We want to send you tips on what to read."),
                        "nb", Map.of("markdown", text, "change", "Vi vil sende deg lesetips.")),
                "purposes",
                purposes,
                "recipients",
                List.of("Posten"));
    }

    private static String publish(Map<String, Object> version) {
        JsonPath draft = WRITER.call("POST", "/api/v1/policies", version)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        Officer.FIRST
                .call(
                        "POST",
                        "/api/v1/policies/" + draft.getString("id") + "/approval",
                        Map.of("digest", draft.getString("digest")))
                .then()
                .statusCode(200);
        return draft.getString("id");
    }

    private static JsonPath campaign(String id) {
        return WRITER.reads("/api/v1/policies/" + id + "/campaign");
    }

    private static String link(String address) {
        return Crowd.choiceIn(new Mailbox(address).saying("/choice/").text());
    }

    private static String noticeOf(String address) {
        return new Mailbox(address).messageId("/choice/");
    }

    /** Two thousand people; the first is there twice, once in capitals; half joined today, under the new policy. */
    private static void members() {
        StringBuilder sql = new StringBuilder("insert into member values ");
        for (int i = 0; i <= PEOPLE; i++) {
            String address = i == PEOPLE ? address(0).toUpperCase(java.util.Locale.ROOT) : address(i);
            sql.append(i == 0 ? "" : ",").append("(" + i + ", '" + address + "', 'en', '" + joined(i) + "')");
        }
        TestDatabases.execute(System.getProperty("bookshop.library"), sql.toString());
    }

    private static String address(int i) {
        return i % PEOPLE < FEW.size() ? FEW.get(i % PEOPLE) : "member-" + i + Crowd.DOMAIN;
    }

    private static LocalDate joined(int i) {
        return i >= PEOPLE / 2 && i < PEOPLE ? TODAY : LocalDate.of(2021, 1, 1);
    }

    private static void until(BooleanSupplier there) {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!there.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "it did not happen in time");
            Mailbox.pause();
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
