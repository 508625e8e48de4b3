package org.habeas.mandate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Ledger;
import org.habeas.identity.Holder;
import org.habeas.identity.Passphrases;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotPossible;
import org.habeas.problem.TooLarge;
import org.habeas.request.Behalf;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.vault.Vault;
import org.habeas.work.Worklist;
import org.junit.jupiter.api.Test;

/** What is sent with a virus scanner that finds something, that finds nothing, and that is away. */
@QuarkusTest
class QuarantineTest {
    private static final byte[] PDF = "%PDF-1.7 a mandate".getBytes(StandardCharsets.US_ASCII);

    @Inject
    Requests requests;

    @Inject
    Passphrases passphrases;

    @Inject
    MandateRows rows;

    @Inject
    Worklist worklist;

    @Inject
    Vault vault;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    @Inject
    Clock clock;

    @Test
    void whatTheScannerKnowsIsNotKept() throws Exception {
        try (Scanner scanner = new Scanner("stream: Eicar-Test-Signature FOUND")) {
            Mandates mandates = with(scanner.port());
            Reference reference = asked();
            assertThrows(Invalid.class, () -> mandates.send(Holder.remembered(reference), "x.pdf", PDF));
            assertEquals(List.of(), mandates.of(reference).files());
            assertEquals(new String(PDF, StandardCharsets.US_ASCII), scanner.seen());
        }
    }

    @Test
    void whatComesWhileItIsAwayWaitsUntilItIsBack() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Mandates away = with(port);
        Reference reference = asked();
        away.send(Holder.remembered(reference), "../m\u0007.pdf", PDF);
        Mandate.Sent file = away.of(reference).files().get(0);
        assertFalse(file.ready());
        assertEquals(".. m .pdf", file.name());
        assertThrows(NotPossible.class, () -> away.download(reference, file.id()));
        assertThrows(IOException.class, () -> away.scan(file.id()), "tried again as long as it is away");
        try (Scanner scanner = new Scanner("stream: OK")) {
            Mandates back = with(scanner.port());
            back.scan(file.id());
            assertTrue(back.of(reference).files().get(0).ready());
            assertEquals(PDF.length, back.download(reference, file.id()).bytes().length);
        }
        assertSealed(file.id());
    }

    @Test
    void whatIsFoundLaterGoes() throws Exception {
        Mandates away = with(1);
        Reference reference = asked();
        away.send(Holder.remembered(reference), "m.pdf", PDF);
        UUID id = away.of(reference).files().get(0).id();
        try (Scanner scanner = new Scanner("stream: Something FOUND")) {
            with(scanner.port()).scan(id);
        }
        assertEquals(List.of(), away.of(reference).files());
    }

    /** Whoever sends without an end is not listened to for long. */
    @Test
    void noMoreIsReadThanMayBeSent() {
        var opened = QuarkusTransaction.requiringNew().call(this::received);
        InputStream endless = new InputStream() {
            private long read;

            @Override
            public int read() {
                assertTrue(++read <= Mandates.LARGEST + 1, "read on");
                return 'x';
            }
        };
        assertThrows(TooLarge.class, () -> new MandateApi(passphrases, with(1))
                .send(opened.request().reference().text(), "Bearer " + opened.passphrase(), endless));
    }

    private void assertSealed(UUID id) throws Exception {
        byte[] kept =
                QuarkusTransaction.requiringNew().call(() -> rows.bytes(id).orElseThrow());
        assertFalse(new String(kept, StandardCharsets.ISO_8859_1).contains("%PDF"), "it lies sealed");
    }

    private Mandates with(int port) {
        return new Mandates(
                requests, rows, new Clamd(Optional.of("127.0.0.1:" + port)), worklist, vault, ledger, clock);
    }

    /** Somebody has asked for another person and proven her own address. */
    private Reference asked() {
        return QuarkusTransaction.requiringNew().call(() -> {
            var request = received().request();
            requests.record(request.verify(Actor.person("x"), "code", clock.instant()));
            return request.reference();
        });
    }

    private Requests.Opened received() {
        return requests.receive(
                new Receipt(
                        Right.OBJECTION,
                        "test",
                        "gdpr-no",
                        Channel.PORTAL,
                        "en",
                        clock.instant(),
                        LocalDate.ofInstant(clock.instant(), clock.getZone()),
                        List.of(new Identifier("email", UUID.randomUUID() + "@example.org", false)),
                        new Particulars(null, null, List.of(), new Behalf(Behalf.Relation.AGENT, "Ada", null))),
                Actor.Kind.PERSON,
                "");
    }

    /** A clamd of one verdict. */
    private static final class Scanner implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final StringBuilder seen = new StringBuilder();
        private final Thread thread;

        Scanner(String verdict) throws IOException {
            thread = new Thread(() -> {
                try (Socket client = socket.accept()) {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    assertEquals("zINSTREAM\0", new String(in.readNBytes(10), StandardCharsets.US_ASCII));
                    for (int length = in.readInt(); length > 0; length = in.readInt()) {
                        seen.append(new String(in.readNBytes(length), StandardCharsets.US_ASCII));
                    }
                    client.getOutputStream().write((verdict + "\0").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    seen.append(e.getClass().getSimpleName());
                }
            });
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        String seen() throws InterruptedException {
            thread.join();
            return seen.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
