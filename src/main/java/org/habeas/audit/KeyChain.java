package org.habeas.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that a history announces in itself. A key is vouched for by every head over its announcement: from one trusted
 * key the others follow, and no key can be slipped in without a signature of one before it.
 */
final class KeyChain {
    static final String ANNOUNCED = "history.key-added";
    static final String FACT = "key";

    private static final byte[] MARK = ("\"event\":\"" + ANNOUNCED + "\"").getBytes(StandardCharsets.UTF_8);

    private final Map<VerifierKey, Long> announcedAt = new LinkedHashMap<>();

    /** Reads the line if it announces a key; any other line is nothing to it. */
    void read(long index, byte[] line) {
        if (!contains(line)) {
            return;
        }
        try {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.path("event").asText().equals(ANNOUNCED)) {
                VerifierKey key =
                        VerifierKey.parse(entry.path("facts").path(FACT).asText());
                announcedAt.putIfAbsent(key, index);
            }
        } catch (JsonProcessingException | Malformed e) {
            // an entry that announces nothing; whether it is the right one is for the tree to say
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    /** The announced key that signed this note. */
    Optional<VerifierKey> signerOf(SignedNote note) {
        return announcedAt.keySet().stream().filter(note::signedBy).findFirst();
    }

    /** Whether trust in the one key reaches the other, over heads that a trusted key signed. */
    boolean leads(VerifierKey from, VerifierKey to, Collection<SignedNote> heads) {
        Set<VerifierKey> trusted = new HashSet<>(Set.of(from));
        boolean more = true;
        while (more && !trusted.contains(to)) {
            long reach = heads.stream()
                    .filter(head -> trusted.stream().anyMatch(head::signedBy))
                    .mapToLong(head -> Checkpoint.parse(head).size())
                    .max()
                    .orElse(0);
            Set<VerifierKey> reached = new HashSet<>(trusted);
            announcedAt.forEach((key, index) -> {
                if (index < reach) {
                    reached.add(key);
                }
            });
            more = trusted.addAll(reached);
        }
        return trusted.contains(to);
    }

    private static boolean contains(byte[] line) {
        outer:
        for (int i = 0; i <= line.length - MARK.length; i++) {
            for (int j = 0; j < MARK.length; j++) {
                if (line[i + j] != MARK[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
