package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.testing.SecondVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person or her lawyer holds: it is sound as it was given, and nothing else is, for both verifiers. */
class ProofVerifierTest {
    private static final UUID HERS = new UUID(9, 9);

    private final SigningKey key = SigningKey.generate(MemoryBundle.ORIGIN);
    private final SecondVerifier second = new SecondVerifier();
    private final List<byte[]> entries = new ArrayList<>(MemoryBundle.someEntries(12));

    @TempDir
    private Path folder;

    @Test
    void theEntriesOfOneCaseAreProven() throws Exception {
        hers(3, 8);
        sound(proof(3, 8));
        sound(proof());
        wrong(proof(3, 8).replace("request.touched", "request.closed"));
        wrong(proof(3, 8).replace("\"index\":8", "\"index\":7"));
        wrong(proof(3, 8)
                .replace(
                        key.verifier().toString(),
                        SigningKey.generate(MemoryBundle.ORIGIN).verifier().toString()));
        assertTrue(verdict(
                        proof(3),
                        SigningKey.generate(MemoryBundle.ORIGIN).verifier().toString())
                .startsWith("WRONG"));
    }

    @Test
    void anEntryOfAnotherCaseAndOneThatIsThereTwiceAreRefused() throws Exception {
        hers(3, 8);
        wrong(proof(3, 4, 8));
        wrong(proof(3, 3));
    }

    private void hers(int... places) {
        for (int place : places) {
            Act act =
                    Act.of("request.touched", Actor.system("test")).about(HERS).fact("place", place);
            entries.set(
                    place,
                    new Entry(new UUID(8, place), HistoryDatabase.NOON, "system:test", act, Optional.empty()).bytes());
        }
    }

    private String proof(int... places) throws JsonProcessingException {
        TreeHasher hasher = new TreeHasher();
        MerkleTree tree = new MerkleTree(
                entries.size(),
                MemoryNodes.of(entries.stream().map(hasher::leaf).toList()));
        List<Map<String, ?>> proven = new ArrayList<>();
        for (int place : places) {
            proven.add(Map.of(
                    "index",
                    place,
                    "entry",
                    new String(entries.get(place), StandardCharsets.UTF_8),
                    "path",
                    tree.inclusion(place).path().stream().map(Hash::base64).toList()));
        }
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "format",
                        ProofVerifier.FORMAT,
                        "checkpoint",
                        new String(MemoryBundle.head(entries, entries.size(), key), StandardCharsets.UTF_8),
                        "public_key",
                        key.verifier().toString(),
                        "entries",
                        proven));
    }

    private void sound(String proof) throws IOException {
        assertEquals("OK: ", verdict(proof, key.verifier().toString()).substring(0, 4));
    }

    private void wrong(String proof) throws IOException {
        assertEquals("WRONG: ", verdict(proof, null).substring(0, 7));
    }

    /** What both say, which must not differ. */
    private String verdict(String proof, String trusted) throws IOException {
        Path file = Files.writeString(folder.resolve("proof.json"), proof);
        Verdict verdict = ProofVerifier.verify(
                proof.getBytes(StandardCharsets.UTF_8),
                Optional.ofNullable(trusted).map(pin -> pin.getBytes(StandardCharsets.UTF_8)));
        String secondly = second.verify(file, null, trusted);
        assertEquals(verdict.sound(), secondly.startsWith("OK: "), verdict.line() + "; " + secondly);
        return secondly;
    }
}
