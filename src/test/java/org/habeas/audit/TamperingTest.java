package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.habeas.testing.SecondVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auditor keeps one head and later gets a bundle from somebody who wants to hide something and who may even hold the
 * key. Ten thousand attempts, chosen at random; every hundredth goes before the second verifier too.
 */
class TamperingTest {
    private static final int ATTEMPTS = 10_000;

    @TempDir
    private Path folder;

    private final SecondVerifier second = new SecondVerifier();
    private final Random random = new Random(20260302);
    private final SigningKey key = SigningKey.generate(MemoryBundle.ORIGIN);
    private final SigningKey thiefs = SigningKey.generate(MemoryBundle.ORIGIN);

    private List<byte[]> entries = List.of();
    private MemoryBundle bundle = new MemoryBundle();
    private byte[] kept = new byte[0];
    private int keptSize;
    private int named;

    @Test
    void everyTamperingIsFound() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt % 20 == 0) {
                anotherHistory();
            }
            MemoryBundle honest = bundle;
            if (attempt % 100 == 0) {
                assertTrue(secondly().startsWith("OK: "), () -> "the second verifier");
            }
            bundle = honest.copy();
            int kind = random.nextInt(14);
            named = -1;
            tamper(kind);
            Verdict verdict = bundle.since(kept);
            assertFalse(verdict.sound(), "kind " + kind + ", attempt " + attempt + ": " + verdict.line());
            assertTrue(
                    named < 0 || verdict.line().contains(": entry " + named + " "),
                    () -> verdict.line() + ", but it was " + named);
            if (attempt % 100 == 0) {
                assertTrue(secondly().startsWith("WRONG: "), () -> "the second verifier: " + verdict.line());
            }
            bundle = honest;
        }
    }

    private String secondly() {
        return second.verify(bundle.zipped(folder.resolve("bundle.zip")), kept, null);
    }

    private void anotherHistory() {
        int size = 3 + random.nextInt(60);
        entries = MemoryBundle.someEntries(size);
        int[] heads = {random.nextInt(size - 1), size - 1, size};
        bundle = MemoryBundle.of(entries, key, heads);
        keptSize = 2 + random.nextInt(size - 1);
        kept = MemoryBundle.head(entries, keptSize, key);
        Verdict verdict = bundle.since(kept);
        assertTrue(verdict.sound(), verdict.line());
    }

    private void tamper(int kind) {
        List<byte[]> spoilt = new ArrayList<>(entries);
        int size = entries.size();
        int place = random.nextInt(size);
        switch (kind) {
            case 0 -> named(MemoryBundle.changed(entries, place), place);
            case 1 -> {
                spoilt.remove(place);
                named(spoilt, place);
            }
            case 2 -> {
                int second = (place + 1 + random.nextInt(size - 1)) % size;
                Collections.swap(spoilt, place, second);
                named(spoilt, Math.min(place, second));
            }
            case 3 -> {
                spoilt.add(place, ("{\"v\":1,\"n\":" + random.nextInt() + "}").getBytes(StandardCharsets.UTF_8));
                named(spoilt, place);
            }
            case 4 -> {
                spoilt.add(place, entries.get(place));
                bundle.entries(spoilt);
            }
            case 5 -> cut(BundleFiles.ENTRIES);
            case 6 -> flip(BundleFiles.ENTRIES);
            case 7 -> flip(BundleFiles.CHECKPOINT);
            case 8 -> flip(bundle.names().stream()
                    .filter(name -> name.startsWith(BundleFiles.EARLIER))
                    .findFirst()
                    .orElseThrow());
            case 9 -> rollBack();
            case 10 -> bundle = MemoryBundle.of(entries, thiefs, size);
                // the thief holds the key, and rewrites what the auditor has a head over
            case 11 -> bundle = MemoryBundle.of(MemoryBundle.changed(entries, random.nextInt(keptSize)), key, size);
            case 12 -> {
                spoilt.remove(random.nextInt(keptSize));
                bundle = MemoryBundle.of(spoilt, key, spoilt.size());
            }
            case 13 -> {
                List<byte[]> consistent = MemoryBundle.changed(entries, place);
                bundle.entries(consistent);
                bundle.leaves(consistent);
            }
            default -> throw new IllegalStateException();
        }
    }

    private void named(List<byte[]> spoilt, int first) {
        bundle.entries(spoilt);
        named = first;
    }

    private void rollBack() {
        int older = keptSize - 1 - random.nextInt(keptSize - 1);
        bundle = MemoryBundle.of(entries.subList(0, older), key, older);
    }

    private void cut(String name) {
        byte[] all = bundle.files.get(name);
        bundle.files.put(name, Arrays.copyOf(all, random.nextInt(all.length)));
    }

    private void flip(String name) {
        byte[] all = bundle.files.get(name).clone();
        all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
        bundle.files.put(name, all);
    }
}
