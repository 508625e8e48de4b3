package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person's case in a portal that may die at any moment: what she and the officers do while it lives. */
public final class Asked {
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

    public final String reference;
    private final Portals portals;
    private final String email;
    private final String passphrase;

    private Asked(Portals portals, String email, JsonNode receipt) {
        this.portals = portals;
        this.email = email;
        this.reference = receipt.get("reference").asText();
        this.passphrase = receipt.get("passphrase").asText();
    }

    /** Asks, and types the code that came by mail. */
    public static Asked proven(Portals portals, Calls portal, String right, String email) {
        Asked asked = new Asked(
                portals,
                email,
                portal.asPerson(
                        Optional.empty(),
                        "POST",
                        "/api/v1/requests",
                        Map.of("right", right, "identifiers", Map.of("email", email), "language", "en")));
        asked.call(portal, "POST", "/verification", Map.of("code", asked.code(portal)));
        return asked;
    }

    public JsonNode call(Calls portal, String method, String path, Object body) {
        return portal.asPerson(Optional.of(passphrase), method, "/api/v1/requests/" + reference + path, body);
    }

    /** The newest code in her mail. */
    public String code(Calls portal) {
        return newCode(portal, "");
    }

    /** The newest code that is not this one. */
    String newCode(Calls portal, String before) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            JsonNode mails = portal.asOfficer("admin", "GET", "/api/v1/outbox?to=" + email, null)
                    .get("items");
            String newest = null;
            String at = "";
            for (JsonNode mail : mails) {
                Matcher code = CODE.matcher(mail.get("text").asText());
                if (mail.get("at").asText().compareTo(at) >= 0 && code.find()) {
                    newest = code.group(1);
                    at = mail.get("at").asText();
                }
            }
            if (newest != null && !newest.equals(before)) {
                return newest;
            }
            Portals.pause();
        }
        throw new IllegalStateException("no code came");
    }

    public String passphrase() {
        return passphrase;
    }

    /** As the database has it, whether a portal runs or not. */
    public String state() {
        return portals.read("select state from rights_request where reference = '" + reference + "'")
                .get(0);
    }

    boolean closed() {
        return state().equals("CLOSED");
    }

    public Asked comesTo(String state, long seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!state().equals(state)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(reference + " is " + state() + ", not " + state);
            }
            Portals.pause();
        }
        return this;
    }

    /** Two officers agree on the plan as it stands, on two portals if there are two. */
    public void approved(Calls one, Calls other) {
        String about = "/api/v1/cases/" + reference;
        JsonNode plan = one.asOfficer("officer", "GET", about + "/plan", null);
        if (!plan.get("problems").isEmpty()) {
            throw new IllegalStateException(plan.get("problems").toString());
        }
        String digest = plan.get("digest").asText();
        one.asOfficer(
                "officer",
                "POST",
                about + "/decision",
                Map.of("outcome", "fulfil", "plan", digest, "ground", "art-17-1", "text", "Yes."));
        other.asOfficer("officer2", "POST", about + "/approval", Map.of("approve", true, "plan", digest));
    }

    /** What the ledgers say of it: every step done, begun once and closed once. */
    void assertErased(int rows, String figures) {
        assertEquals(
                List.of(figures),
                read("select outcome || ' ' || rows_erased || ' ' || rows_changed || ' ' || rows_retained"
                        + " from rights_request where id = $id"));
        assertEquals(List.of("0"), read("select remaining::text from execution where request_id = $id"));
        assertEquals(
                List.of("DONE " + rows),
                read("select state || ' ' || sum(rows) from execution_step where request_id = $id and not preparing"
                        + " group by state"));
        assertEquals(
                List.of("request.begun 1", "request.closed 1"),
                read("select event || ' ' || count(*) from audit_entry where subject = $id"
                        + " and event in ('request.begun', 'request.closed') group by event order by 1"));
    }

    /** No letter came twice. */
    void assertToldOnce(Calls portal) {
        List<String> subjects = new ArrayList<>();
        portal.asOfficer("admin", "GET", "/api/v1/outbox?to=" + email, null)
                .get("items")
                .forEach(mail -> subjects.add(mail.get("subject").asText()));
        assertEquals(List.copyOf(new LinkedHashSet<>(subjects)), subjects);
    }

    public List<String> read(String sql) {
        return portals.read(
                sql.replace("$id", "(select id from rights_request where reference = '" + reference + "')"));
    }
}
