package org.habeas.policy;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal is killed three times while two thousand people are told: all of them hear of it, and nobody of two things. */
@Tag("faults")
class PolicyFaultsTest {
    private static final int PEOPLE = 2000;
    private static final List<Integer> KILLED_AFTER = List.of(1, 600, 1300);

    @TempDir
    Path folder;

    private final Map<String, Set<String>> received = new ConcurrentHashMap<>();
    private final AtomicInteger mails = new AtomicInteger();

    @Test
    void killedInTheMiddleItTellsEverybodyOnce() throws Exception {
        GreenMail mail = mailServer();
        Map<String, String> environment = Map.of(
                "HABEAS_DATA_MAP",
                map().toString(),
                "HABEAS_NOTICE_RATE",
                "100000/PT1S",
                "QUARKUS_MAILER_HOST",
                "127.0.0.1",
                "QUARKUS_MAILER_PORT",
                String.valueOf(mail.getSmtp().getPort()));
        Path home = folder.resolve("home");
        PortalProcess portal = PortalProcess.start(home, environment);
        try {
            String version = publish(portal);
            for (int after : KILLED_AFTER) {
                until(() -> mails.get() >= after);
                portal.kill();
                portal = PortalProcess.start(home, environment);
            }
            PortalProcess last = portal;
            until(() -> received.size() == PEOPLE
                    && staff(last, "admin")
                            .get("/api/v1/policies/" + version + "/campaign")
                            .path("state")
                            .equals("done"));
            JsonPath campaign = staff(portal, "admin")
                    .get("/api/v1/policies/" + version + "/campaign")
                    .jsonPath();
            assertEquals(PEOPLE, campaign.getInt("people"));
            assertEquals(PEOPLE, campaign.getInt("posted"));
            received.forEach((who, ids) -> assertEquals(1, ids.size(), "the mails to " + who));
            System.out.printf(
                    "killed %d times: %d people, %d mails, %d of them again under the same Message-ID%n",
                    KILLED_AFTER.size(), received.size(), mails.get(), mails.get() - PEOPLE);
        } finally {
            portal.close();
            mail.stop();
        }
    }

    private GreenMail mailServer() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.getUserManager().setAuthRequired(false);
        mail.getUserManager().setMessageDeliveryHandler((message, address) -> {
            try {
                String id = message.getMessage().getHeader("Message-ID")[0];
                received.computeIfAbsent(address.getEmail(), a -> ConcurrentHashMap.newKeySet())
                        .add(id);
                mails.incrementAndGet();
                synchronized (this) {
                    var user = mail.getUserManager().getUser("all");
                    return user == null ? mail.getUserManager().createUser("all", "all", "all") : user;
                }
            } catch (jakarta.mail.MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
        mail.start();
        return mail;
    }

    private static String publish(PortalProcess portal) {
        String today = LocalDate.now(ZoneId.of("Europe/Oslo")).toString();
        publish(portal, "same", "2020-01-01", List.of("orders"));
        return publish(portal, "different", today, List.of("orders", "tips"));
    }

    private static String publish(PortalProcess portal, String use, String from, List<String> purposes) {
        JsonPath draft = staff(portal, "admin")
                .body(Map.of(
                        "use",
                        use,
                        "valid_from",
                        from,
                        "purposes",
                        purposes,
                        "texts",
                        Map.of("en", Map.of("markdown", "# Policy", "change", "We want to send you tips."))))
                .post("/api/v1/policies")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        staff(portal, "officer")
                .body(Map.of("digest", draft.getString("digest")))
                .post("/api/v1/policies/" + draft.getString("id") + "/approval")
                .then()
                .statusCode(200);
        return draft.getString("id");
    }

    private static RequestSpecification staff(PortalProcess portal, String account) {
        return given().baseUri(portal.address().toString())
                .auth()
                .preemptive()
                .basic(account, "test")
                .contentType(ContentType.JSON);
    }

    private Path map() throws Exception {
        String database = TestDatabases.fresh();
        TestDatabases.execute(
                database,
                "create table member (id int primary key, email text not null); insert into member values "
                        + IntStream.range(0, PEOPLE)
                                .mapToObj(i -> "(" + i + ", 'member-" + i + "@many.example')")
                                .collect(Collectors.joining(",")));
        Path map = Files.createDirectory(folder.resolve("map"));
        Files.writeString(
                map.resolve("organisation.yml"),
                "name: Shop\ncontact: privacy@shop.example\ntime_zone: Europe/Oslo\npurposes: [orders, tips]\n");
        Files.writeString(
                map.resolve("systems.yml"), "systems:\n  - {name: shop, kind: jdbc, url: \"" + database + "\"}\n");
        Files.writeString(
                map.resolve("shop.yml"),
                """
                dataset:
                  - fides_key: shop
                    name: Shop
                    collections:
                      - name: member
                        habeas: {purpose: orders}
                        fields:
                          - {name: id, fides_meta: {primary_key: true}}
                          - name: email
                            data_categories: [user.contact.email]
                            fides_meta: {identity: email}
                            habeas: {reachable: true}
                """);
        return map;
    }

    private static void until(BooleanSupplier there) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(10));
        while (!there.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "it did not happen in time");
            Thread.sleep(25);
        }
    }
}
