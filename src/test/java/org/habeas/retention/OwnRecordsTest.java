package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.law.Right;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Part;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The portal obeys rules too: what a closed case held of the person goes, and later the record of it. */
@QuarkusTest
@TestProfile(Yard.class)
class OwnRecordsTest {
    private static final Actor OFFICER = Actor.officer("officer");

    private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");

    @Inject
    Requests requests;

    @Inject
    Holds holds;

    @Inject
    Vault vault;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    @Inject
    Event<OwnRecordsDue> due;

    @BeforeEach
    void noHolds() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from legal_hold");
        }
    }

    @Test
    void withItsKeyEverythingThatACaseHeldOfThePersonGoes() throws Exception {
        Reference reference = aClosedRequest();
        fireDetails(-3600);
        assertEquals(1, identifiers(reference), "not before its time");
        // such a search does find what lies there in plain
        String plain = "plain" + canary.substring(6);
        sql("create table if not exists plain (text text)");
        sql("insert into plain values ('" + plain + "')");
        assertTrue(inAnyRow(plain) && inTheDump(plain) && inAnyFileOfTheServer(plain), "the search finds nothing");
        sql("drop table plain");
        fireDetails(3600);
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.read(reference);
            assertEquals(List.of(), requests.identifiers(request));
            assertEquals(List.of(), requests.messages(request));
            assertEquals(null, requests.particulars(request).name());
            assertThrows(Vault.Shredded.class, () -> vault.seal(request.vaultKey(), "x", "x"));
            for (Part part : Part.values()) {
                assertThrows(Vault.Shredded.class, () -> vault.seal(part.of(request.vaultKey()), "x", "x"));
            }
            assertTrue(
                    requests.timeline(request).stream().anyMatch(m -> m.what().equals("request.forgotten")));
        });
        assertThrows(NotPossible.class, () -> QuarkusTransaction.requiringNew()
                .run(() -> requests.addMessage(requests.get(reference), OFFICER, "more")));
        assertFalse(inAnyRow(canary), "the canary is in a row");
        assertFalse(inTheDump(canary), "the canary is in a dump");
        assertFalse(inAnyFileOfTheServer(canary), "the canary is in a file or in the write-ahead log");
        fire(OwnRecordsDue.What.RECORDS, 3600);
        assertThrows(NotFound.class, () -> QuarkusTransaction.requiringNew().call(() -> requests.read(reference)));
    }

    @Test
    void findingsEvidenceAndMessagesGoEachAtItsOwnTime() throws Exception {
        Reference reference = aClosedRequest();
        fire(OwnRecordsDue.What.MESSAGES, 3600);
        assertEquals(List.of(true, true, true), readable(reference), "by the identifiers a hold finds the others");
        fire(OwnRecordsDue.What.FINDINGS, 3600);
        assertEquals(List.of(false, true, true), readable(reference));
        fire(OwnRecordsDue.What.EVIDENCE, 3600);
        assertEquals(List.of(false, false, true), readable(reference));
        fire(OwnRecordsDue.What.RECORDS, 3600);
        assertEquals(1, identifiers(reference), "the record is there while something lies in it");
        fire(OwnRecordsDue.What.MESSAGES, 3600);
        assertEquals(List.of(false, false, false), readable(reference));
        assertEquals(
                List.of("request.findings_forgotten", "request.evidence_forgotten", "request.forgotten"),
                QuarkusTransaction.requiringNew().call(() -> requests.timeline(requests.read(reference)).stream()
                        .map(Requests.Moment::what)
                        .filter(what -> what.endsWith("forgotten"))
                        .toList()));
        assertEquals(
                List.of("own_records.evidence", "own_records.findings", "own_records.messages"),
                texts("select shredded_under from vault_key k join rights_request r on r.vault_key in (k.id, k.part_of)"
                        + " where r.reference = '" + reference.text() + "' order by 1"));
    }

    @Test
    void whoHasNotActedForLongIsAPseudonymToTheAuditorToo() throws Exception {
        Actor former = Actor.officer(canary);
        QuarkusTransaction.requiringNew().run(() -> ledger.append(Act.of("test.acted", former)));
        fire(OwnRecordsDue.What.STAFF, -3600);
        assertTrue(inAnyRow(canary), "not before its time");
        fire(OwnRecordsDue.What.STAFF, 3600);
        assertFalse(inAnyRow(canary));
        assertEquals(1, number("select count(*) from audit_entry where actor = '" + ledger.pseudonym(former) + "'"));
    }

    @Test
    void aHoldOnThePersonKeepsHerCase() {
        Reference reference = aClosedRequest();
        QuarkusTransaction.requiringNew()
                .run(() -> holds.place(
                        new NewHold(
                                Map.of("email", canary + "@example.org"),
                                Optional.empty(),
                                Optional.empty(),
                                "r",
                                LocalDate.now()),
                        OFFICER));
        fireDetails(3600);
        assertEquals(List.of(true, true, true), readable(reference));
    }

    private long number(String sql) throws Exception {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Reference aClosedRequest() {
        var receipt = new Receipt(
                Right.ACCESS,
                "yard-north",
                "gdpr-no",
                Channel.PORTAL,
                "nb",
                Instant.now(),
                LocalDate.now(),
                List.of(new Identifier(Identifier.EMAIL, canary + "@example.org", false)),
                new Particulars(canary, "I am " + canary, List.of()));
        Reference reference =
                requests.receive(receipt, Actor.Kind.PERSON, "").request().reference();
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(reference);
            requests.addMessage(request, Actor.person(reference.text()), canary);
            found(request);
            requests.record(request.verify(OFFICER, "in-person", Instant.now()));
            requests.record(request.withdraw(Actor.person(reference.text()), Instant.now()));
        });
        return reference;
    }

    private void fire(OwnRecordsDue.What what, int seconds) {
        due.fire(new OwnRecordsDue(what, Instant.now().plusSeconds(seconds)));
    }

    private void fireDetails(int seconds) {
        fire(OwnRecordsDue.What.FINDINGS, seconds);
        fire(OwnRecordsDue.What.EVIDENCE, seconds);
        fire(OwnRecordsDue.What.MESSAGES, seconds);
    }

    /** A row of hers, and what an officer noted of her papers. */
    private void found(RightsRequest request) {
        UUID findings = vault.partKey(request.vaultKey(), Part.FINDINGS);
        UUID evidence = vault.partKey(request.vaultKey(), Part.EVIDENCE);
        try (var connection = database.getConnection();
                var chunk = connection.prepareStatement(
                        "insert into finding_chunk values (?, gen_random_uuid(), 'yard', 'person', 0, 1, ?)");
                var note = connection.prepareStatement("insert into case_note (id, request_id, written_at, officer,"
                        + " text_sealed, evidence) values (gen_random_uuid(), ?, now(), 'officer', ?, true)")) {
            chunk.setObject(1, request.id());
            chunk.setBytes(2, vault.seal(findings, canary, "x"));
            chunk.executeUpdate();
            note.setObject(1, request.id());
            note.setBytes(2, vault.seal(evidence, canary, "x"));
            note.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether findings, evidence and messages are there and can be opened. */
    private List<Boolean> readable(Reference reference) {
        return QuarkusTransaction.requiringNew().call(() -> {
            RightsRequest request = requests.read(reference);
            String of = " where request_id = '" + request.id() + "'";
            return List.of(
                    number("select count(*) from finding_chunk" + of) == 1
                            && opens(Part.FINDINGS.of(request.vaultKey())),
                    number("select count(*) from case_note" + of) == 1 && opens(Part.EVIDENCE.of(request.vaultKey())),
                    !requests.messages(request).isEmpty() && opens(request.vaultKey()));
        });
    }

    private boolean opens(UUID key) {
        try {
            vault.seal(key, "x", "x");
            return true;
        } catch (Vault.Shredded e) {
            return false;
        }
    }

    private List<String> texts(String sql) throws Exception {
        List<String> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private int identifiers(Reference reference) {
        return QuarkusTransaction.requiringNew()
                .call(() -> requests.identifiers(requests.read(reference)).size());
    }

    /** As a dump would have it. */
    private boolean inAnyRow(String text) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var tables = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'public'")) {
            while (tables.next()) {
                String query = "select exists (select 1 from \"" + tables.getString(1) + "\" t where t::text like ?)";
                try (var select = connection.prepareStatement(query)) {
                    select.setString(1, "%" + text + "%");
                    try (var found = select.executeQuery()) {
                        found.next();
                        if (found.getBoolean(1)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private void sql(String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What COPY writes of every table, as a dump consists of. */
    private boolean inTheDump(String text) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var tables = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'public'")) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            while (tables.next()) {
                var dump = new java.io.ByteArrayOutputStream();
                copy.copyOut("copy \"" + tables.getString(1) + "\" to stdout", dump);
                if (dump.toString(StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean inAnyFileOfTheServer(String text) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("checkpoint");
            try (var directory = statement.executeQuery("show data_directory")) {
                directory.next();
                try (Stream<Path> files = Files.walk(Path.of(directory.getString(1)))) {
                    return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, text));
                }
            }
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
