package org.habeas.notification;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Anchors;
import org.habeas.audit.Ledger;
import org.habeas.audit.SignedHistory;
import org.habeas.audit.SignedNote;
import org.junit.jupiter.api.Test;

/** Signed heads leave the operator's hands: to a mailbox, a folder and a webhook, and the auditor sees how old they are. */
@QuarkusTest
class HeadAnchorsTest {
    private static final String AUDITOR = "auditor@anchors.example";

    @Inject
    Ledger ledger;

    @Inject
    SignedHistory history;

    @Inject
    Anchors anchors;

    @Test
    void theAuditorsMailboxGetsAHeadThatTheKeyBesideItSigned() {
        until(() -> anchors.last(Anchors.Kind.MAIL).isPresent());
        List<String> mails = given().auth()
                .preemptive()
                .basic("admin", "test")
                .get("/api/v1/outbox?to=" + AUDITOR)
                .jsonPath()
                .getList("items.text");
        assertEquals(1, mails.size(), "one a day, however many heads there are");
        String text = mails.get(0);
        String origin = history.head().checkpoint().origin();
        String note = text.substring(text.indexOf("\n" + origin + "\n") + 1, text.lastIndexOf("=\n\n") + 2);
        assertTrue(
                SignedNote.parse(note.getBytes(StandardCharsets.UTF_8))
                        .signedBy(history.head().key()),
                text);
    }

    @Test
    void aFolderGetsEveryHeadAndThePageSaysHowOldTheyAre() {
        until(() -> anchors.last(Anchors.Kind.FOLDER).isPresent());
        Path folder = Path.of(anchors.place(Anchors.Kind.FOLDER).orElseThrow());
        long size = anchors.standing().stream()
                .filter(anchor -> anchor.kind() == Anchors.Kind.FOLDER)
                .findFirst()
                .flatMap(Anchors.Anchor::last)
                .orElseThrow()
                .size();
        assertTrue(Files.exists(folder.resolve(String.format("checkpoint-%019d", size))));
        var form = given().get("/login");
        var cookies = new java.util.HashMap<>(form.cookies());
        cookies.putAll(given().redirects()
                .follow(false)
                .cookies(cookies)
                .formParam("_csrf", form.htmlPath().getString("**.find { it.@name == '_csrf' }.@value"))
                .formParam("username", "auditor")
                .formParam("password", "test")
                .post("/login")
                .cookies());
        given().cookies(cookies)
                .header("Accept-Language", "en")
                .get("/history")
                .then()
                .statusCode(200)
                .body(containsString("Mailbox of the auditor"))
                .body(containsString("seconds ago"));
    }

    @Test
    void aWebhookIsCalledUntilItTakesTheHead() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        List<String> tries = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/heads", call -> {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean first = tries.isEmpty();
            tries.add(call.getRequestHeaders().getFirst("Habeas-Delivery"));
            if (!first) {
                taken.add(body);
            }
            call.sendResponseHeaders(first ? 503 : 204, -1);
            call.close();
        });
        server.start();
        System.setProperty(
                "habeas.anchor-webhook",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/heads");
        try {
            QuarkusTransaction.requiringNew().run(() -> ledger.append(Act.of("test.news", Actor.system("test"))));
            until(() -> !tries.isEmpty()
                    && tries.stream().filter(tries.get(0)::equals).count() == 2);
            until(() -> anchors.last(Anchors.Kind.WEBHOOK).isPresent());
            assertTrue(SignedNote.parse(taken.get(0).getBytes(StandardCharsets.UTF_8))
                    .signedBy(history.head().key()));
        } finally {
            System.clearProperty("habeas.anchor-webhook");
            server.stop(0);
        }
    }

    private static void until(BooleanSupplier there) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!there.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "nothing came");
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
