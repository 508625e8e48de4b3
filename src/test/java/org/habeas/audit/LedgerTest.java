package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LedgerTest {
    private static final byte[] DETAILS = "Ada Nordmann moved to Bergen".getBytes(StandardCharsets.UTF_8);

    @Inject
    Ledger ledger;

    @Inject
    Vault vault;

    @Inject
    SignedHistory history;

    @Inject
    CaseProofs proofs;

    @Inject
    EntrySearch search;

    @Inject
    AgroalDataSource database;

    @Test
    void anEntryIsOneCanonicalLineWithoutPersonalData() throws Exception {
        UUID request = UUID.randomUUID();
        append(Act.of("test.entry", Actor.officer("kari.nordmann"))
                .about(request)
                .fact("rows_found", 12)
                .fact("due", LocalDate.parse("2026-12-28"))
                .fact("complete", true)
                .fact("nothing", null)
                .details(QuarkusTransaction.requiringNew().call(vault::newKey), DETAILS));
        String entry = entry(request);
        JsonNode json = new ObjectMapper().readTree(entry);
        assertEquals(
                "{\"complete\":true,\"due\":\"2026-12-28\",\"rows_found\":12}",
                json.path("facts").toString());
        assertEquals(request.toString(), json.path("subject").asText());
        assertEquals(new ObjectMapper().writeValueAsString(json), entry, "no spaces, and only these fields");
        assertEquals(
                "[actor, at, details, event, facts, id, subject, v]",
                json.properties().stream().map(field -> field.getKey()).toList().toString());
        assertFalse(entry.contains("kari") || entry.contains("Ada") || entry.contains("\n"), entry);
        assertTrue(json.path("actor").asText().startsWith("officer:"), entry);
    }

    @Test
    void detailsAreBoundToTheEntryAndGoWithTheirKey() throws Exception {
        UUID request = UUID.randomUUID();
        UUID key = QuarkusTransaction.requiringNew().call(vault::newKey);
        append(Act.of("test.details", Actor.officer("officer")).about(request).details(key, DETAILS));
        JsonNode json = new ObjectMapper().readTree(entry(request));
        byte[] commitment = Base64.getDecoder().decode(json.path("details").asText());
        assertArrayEquals(vault.commit(key, DETAILS), commitment);
        byte[] sealed = sealed(json.path("id").asText());
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("Ada"));
        String context = Ledger.context(UUID.fromString(json.path("id").asText()));
        assertArrayEquals(DETAILS, vault.open(key, sealed, context));
        CaseProofs.ProvenEntry before = proven(request);
        assertEquals(CaseProofs.DetailsState.SEALED, before.details());

        QuarkusTransaction.requiringNew().run(() -> vault.shred(key, "own_records.findings"));
        CaseProofs.ProvenEntry after = proven(request);
        assertEquals(CaseProofs.DetailsState.SHREDDED, after.details());
        assertTrue(after.shreddedAt().isPresent());
        assertEquals(Optional.of("own_records.findings"), after.shreddedUnder());
        assertEquals(before.entry(), after.entry());
        assertThrows(Vault.Shredded.class, () -> vault.open(key, sealed, context));
    }

    @Test
    void entriesAreFoundByAccountEventAndTime() {
        append(Act.of("test.found", Actor.officer("kari")).fact("code", "a-b"));
        var wanted = new EntrySearch.Wanted(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("kari"),
                Optional.of("test.f"),
                OptionalLong.empty());
        EntrySearch.Found found = search.find(wanted, 10).get(0);
        assertEquals("kari", found.actor());
        assertEquals("test.found", found.event());
        assertEquals("{code=a-b}", found.facts().toString());
        assertEquals(Optional.empty(), found.subject());
        var older = new EntrySearch.Wanted(
                Optional.empty(),
                Optional.empty(),
                Optional.of(found.at()),
                Optional.of("kari"),
                Optional.of("test.f"),
                OptionalLong.of(found.row()));
        assertTrue(search.find(older, 10).isEmpty());
    }

    @Test
    void whatLooksLikePersonalDataIsNoFact() {
        Act act = Act.of("test.act", Actor.system("test"));
        assertThrows(IllegalArgumentException.class, () -> act.fact("email", "ada@example.org"));
        assertThrows(IllegalArgumentException.class, () -> act.fact("text", "x".repeat(401)));
        assertThrows(IllegalArgumentException.class, () -> act.fact("text", "a\nb"));
        assertThrows(IllegalArgumentException.class, () -> act.fact("text", 1.5));
        assertThrows(IllegalArgumentException.class, () -> act.fact("Text", "a"));
        assertThrows(IllegalArgumentException.class, () -> Act.of("Did something", Actor.system("test")));
    }

    private void append(Act act) {
        QuarkusTransaction.requiringNew().run(() -> ledger.append(act));
    }

    private String entry(UUID request) throws InterruptedException {
        return proven(request).entry();
    }

    private CaseProofs.ProvenEntry proven(UUID request) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            CaseProofs.CaseProof proof = proofs.of(request);
            if (!proof.entries().isEmpty()) {
                CaseProofs.ProvenEntry entry = proof.entries().get(0);
                Hash leaf = new TreeHasher().leaf(entry.entry().getBytes(StandardCharsets.UTF_8));
                assertTrue(entry.proof().proves(leaf, proof.head().checkpoint().root()));
                assertTrue(proof.head().note().signedBy(proof.head().key()));
                return entry;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("no head covers the entry; the last is " + history.head());
    }

    private byte[] sealed(String id) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select sealed from audit_details where entry_uuid = ?")) {
            select.setObject(1, UUID.fromString(id));
            try (var rows = select.executeQuery()) {
                assertTrue(rows.next());
                return rows.getBytes(1);
            }
        }
    }
}
