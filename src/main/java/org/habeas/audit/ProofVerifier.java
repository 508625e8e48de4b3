package org.habeas.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the proof of one case ({@code habeas-proof/1}, docs/history-format.md) on its own. */
final class ProofVerifier {
    static final String FORMAT = "habeas-proof/1";

    private static final int LONGEST = 64 << 20;

    private ProofVerifier() {}

    /** The file's content where it is JSON and thus no bundle. */
    static Optional<byte[]> read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] begin = content.readNBytes(1);
            if (begin.length == 0 || begin[0] != '{') {
                return Optional.empty();
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(begin);
            all.writeBytes(content.readNBytes(LONGEST));
            return Optional.of(all.toByteArray());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Verifies the proof; with a trusted key only that key's signature counts. */
    static Verdict verify(byte[] proof, Optional<byte[]> trusted) {
        try {
            JsonNode json = new ObjectMapper().readTree(new String(proof, StandardCharsets.UTF_8));
            if (!json.path("format").asText().equals(FORMAT)) {
                return Verdict.wrong("this is neither a bundle nor a proof");
            }
            VerifierKey key = VerifierKey.parse(json.path("public_key").asText());
            if (trusted.isPresent()
                    && !key.equals(VerifierKey.parse(new String(trusted.get(), StandardCharsets.UTF_8)))) {
                return Verdict.wrong("the proof is signed by another key (" + key.id() + ") than yours");
            }
            SignedNote note = SignedNote.parse(json.path("checkpoint").asText());
            Checkpoint head = Checkpoint.parse(note);
            if (!note.signedBy(key) || !head.origin().equals(key.name())) {
                return Verdict.wrong("the head is not signed by key " + key.id());
            }
            return entries(json.path("entries"), head, key);
        } catch (JsonProcessingException e) {
            return Verdict.wrong("this is neither a bundle nor a proof");
        } catch (Malformed e) {
            return Verdict.wrong(e.getMessage());
        }
    }

    /** Every entry stands once in the tree, and all are of one case. */
    private static Verdict entries(JsonNode entries, Checkpoint head, VerifierKey key) throws JsonProcessingException {
        TreeHasher hasher = new TreeHasher();
        Set<Long> indexes = new HashSet<>();
        Set<String> subjects = new HashSet<>();
        for (JsonNode one : entries) {
            List<Hash> path = new ArrayList<>();
            one.path("path").forEach(step -> path.add(hash(step.asText())));
            long index = one.path("index").asLong(-1);
            Hash leaf = hasher.leaf(one.path("entry").asText().getBytes(StandardCharsets.UTF_8));
            if (!new InclusionProof(index, head.size(), path).proves(leaf, head.root())) {
                return Verdict.wrong("entry " + index + " is not in the history that was signed");
            }
            if (!indexes.add(index)) {
                return Verdict.wrong("entry " + index + " is there twice");
            }
            subjects.add(subject(one.path("entry").asText()));
        }
        if (subjects.size() > 1) {
            return Verdict.wrong("the entries are of " + subjects.size() + " cases");
        }
        return Verdict.sound(
                entries.size() + " entries stand in the history of " + head.size() + " entries that was signed"
                        + " by key " + key.id() + " (root " + head.root().base64() + ")");
    }

    private static String subject(String entry) throws JsonProcessingException {
        return new ObjectMapper().readTree(entry).path("subject").asText();
    }

    private static Hash hash(String base64) {
        byte[] bytes = StrictBase64.decode(base64, "a step of a path");
        if (bytes.length != Hash.BYTES) {
            throw new Malformed("a step of a path has " + bytes.length + " bytes, not " + Hash.BYTES);
        }
        return Hash.owning(bytes);
    }
}
