package org.habeas.ready;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.habeas.testing.TestDatabases;

/** The person of the worked example, and every way in which she is asked about, written of, mistyped and failed over. */
record Canary(Caller nobody, String shop) {
    /** As they stand in her rows, letters and calls, and as they would stand in an address. */
    static final List<String> TRACES = List.of(
            "kanarivik",
            "998 87 766",
            "99887766",
            "998%2087%20766",
            "ferry song",
            "for the wedding",
            "kanarifugl",
            "strandgata 3");

    private static final String ADDRESS = "ingrid.kanarivik@example.org";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    void sings() {
        sheAsksAndIsAnswered();
        staffWriteOfHer();
        strangersTypeHer();
        aSystemFails();
    }

    private void sheAsksAndIsAnswered() {
        JsonNode request = nobody.post(
                        "/api/v1/requests",
                        "{\"right\": \"access\", \"identifiers\": {\"email\": \"" + ADDRESS + "\", \"phone_number\":"
                                + " \"+47 998 87 766\"}, \"name\": \"Ingrid Kanarivik\", \"message\": \"kanarifugl\"}")
                .json();
        String path = "/api/v1/requests/" + request.path("reference").asText();
        Caller she = nobody.person(request.path("passphrase").asText());
        she.post(path + "/verification", "{\"code\": \"kanarifugl\"}");
        she.post(path + "/verification", "{\"code\": \"000000\"}");
        she.post(path + "/codes", "{}");
        she.post(path + "/messages", "{\"text\": \"kanarifugl +47 998 87 766\"}");
        she.send(path + "/mandate", r -> r.header("Content-Type", "application/pdf")
                .POST(BodyPublishers.ofString("%PDF-1.7 kanarifugl")));
        she.get(path);
        Caller officer = nobody.staff("officer");
        String work = "/api/v1/cases/" + request.path("reference").asText();
        officer.post(work + "/verification", "{\"method\": \"call-back\", \"note\": \"kanarifugl, 998 87 766\"}");
        Waiting.until(
                "the search",
                PATIENCE,
                () -> officer.get(work).json().path("state").asText().equals("review"));
        officer.get(work + "/findings");
        officer.get(work + "/findings/shop/customer");
        officer.post(work + "/notes", "{\"text\": \"kanarifugl\"}");
        officer.post(work + "/messages", "{\"text\": \"Dear Ingrid Kanarivik\"}");
        officer.post(work + "/decision", "{\"outcome\": \"fulfil\", \"text\": \"kanarifugl\"}");
        Waiting.until(
                "the answer",
                PATIENCE,
                () -> she.get(path).json().path("state").asText().equals("closed"));
        she.post(path + "/package", "{\"code\": \"111111\"}");
        she.send(path, r -> r.DELETE());
    }

    private void staffWriteOfHer() {
        Caller officer = nobody.staff("officer");
        officer.get("/api/v1/cases?q=" + ADDRESS + "&assignee=kanarifugl");
        officer.get("/api/v1/cases?sort=kanarifugl");
        officer.post(
                "/api/v1/cases",
                "{\"right\": \"correction\", \"channel\": \"telephone\", \"identifiers\": {\"email\": \"" + ADDRESS
                        + "\"}, \"name\": \"Ingrid Kanarivik\", \"corrections\": [{\"field\": \"last_name\", \"from\":"
                        + " \"Kanarivik\", \"to\": \"Kanarifugl\"}]}");
        officer.post(
                "/api/v1/disclosures",
                "{\"identifiers\": {\"email\": \"" + ADDRESS + "\"}, \"recipient\": \"kanarifugl\", \"what\":"
                        + " \"kanarifugl\", \"ground\": \"kanarifugl\", \"disclosed_on\": \"2026-01-05\"}");
        Caller admin = nobody.staff("admin");
        admin.get("/api/v1/outbox?to=" + ADDRESS);
        admin.post("/api/v1/choices/filter", "{\"purpose\": \"letters\", \"identifiers\": [\"" + ADDRESS + "\"]}");
        admin.post("/api/v1/suppressions/check", "{\"identifiers\": [{\"email\": \"" + ADDRESS + "\"}]}");
        nobody.staff("auditor").get("/api/v1/history?from=kanarifugl");
        nobody.staff("auditor").get("/api/v1/history?format=jsonl");
        officer.post(
                "/api/v1/holds",
                "{\"identifiers\": {\"email\": \"" + ADDRESS
                        + "\"}, \"reason\": \"kanarifugl\", \"review_on\": \"kanarifugl\"}");
    }

    /** Whatever a caller sends, in every place where it can stand. */
    private void strangersTypeHer() {
        for (String path : List.of(
                "/kanarifugl",
                "/request?email=" + ADDRESS,
                "/api/v1/requests/kanarifugl",
                "/api/v1/cases/" + ADDRESS,
                "/task/kanarifugl",
                "/static/kanarifugl",
                "/login?to=/kanarifugl",
                "/q/kanarifugl",
                "/status?reference=kanarifugl")) {
            nobody.send(path, r -> r.header("User-Agent", "kanarifugl")
                    .header("Referer", "http://kanarifugl.example/")
                    .header("baggage", "name=kanarifugl")
                    .header("tracestate", "a=kanarifugl")
                    .header("X-Request-Id", ADDRESS)
                    .header("Accept-Language", "kanarifugl"));
        }
        nobody.post("/api/v1/requests", "{\"right\": \"kanarifugl\", \"identifiers\": {\"email\": \"kanarifugl\"}");
        nobody.post(
                "/api/v1/requests", "{\"right\": \"kanarifugl\", \"identifiers\": {\"email\": 5, \"kanarifugl\": []}}");
        nobody.post("/api/v1/requests", "[\"kanarifugl\"]");
        nobody.send("/api/v1/requests", r -> r.header("Content-Type", "text/kanarifugl")
                .POST(BodyPublishers.ofString("kanarifugl")));
        nobody.send("/request", r -> r.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("right=access&email=" + ADDRESS + "&name=Kanarivik")));
        nobody.send("/login", r -> r.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=kanarifugl&password=kanarifugl")));
        new Caller(nobody.client(), nobody.portal(), "Basic a2FuYXJpZnVnbDprYW5hcmlmdWds").get("/api/v1/cases");
        nobody.person("kanarifugl").get("/api/v1/requests/H-7K3Q-9M2X-4T");
    }

    /** A failure of the database tells the row it was about. */
    private void aSystemFails() {
        TestDatabases.execute(
                shop,
                "create function fail() returns boolean language plpgsql as $$ begin raise exception 'kanarifugl: %',"
                        + " (select string_agg(email, ',') from customer); end $$;"
                        + " alter table customer enable row level security;"
                        + " create policy fails on customer using (fail());"
                        + " create policy fails_too on newsletter using (fail());"
                        + " alter table newsletter enable row level security");
        try {
            Caller officer = nobody.staff("officer");
            JsonNode filed = officer.post(
                            "/api/v1/cases",
                            "{\"right\": \"access\", \"channel\": \"post\", \"identifiers\": {\"email\": \"" + ADDRESS
                                    + "\"}}")
                    .json();
            String work = "/api/v1/cases/" + filed.path("reference").asText();
            officer.post(work + "/verification", "{\"method\": \"in-person\"}");
            Waiting.until(
                    "the failure",
                    PATIENCE,
                    () -> !officer.get(work + "/findings")
                                    .json()
                                    .at("/systems/0/error")
                                    .isNull()
                            && officer.get(work + "/findings")
                                    .json()
                                    .at("/systems/0/error")
                                    .isTextual());
        } finally {
            TestDatabases.execute(
                    shop,
                    "alter table customer disable row level security; alter table newsletter disable row level security;"
                            + " drop policy fails on customer; drop policy fails_too on newsletter; drop function fail()");
        }
    }
}
