package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVerifierTest {
    private final SigningKey key = SigningKey.generate(MemoryBundle.ORIGIN);
    private final SigningKey other = SigningKey.generate(MemoryBundle.ORIGIN);
    private final List<byte[]> entries = MemoryBundle.someEntries(23);
    private final MemoryBundle honest = MemoryBundle.of(entries, key, 0, 4, 9, 16, 23);

    @Test
    void anHonestBundleIsSound() {
        Verdict verdict = honest.verdict();
        assertTrue(verdict.sound(), verdict.line());
        assertEquals(
                "23 entries of " + MemoryBundle.ORIGIN + " are what was signed by key "
                        + key.verifier().id() + " (root "
                        + Checkpoint.parse(SignedNote.parse(honest.files.get(BundleFiles.CHECKPOINT)))
                                .root()
                                .base64()
                        + "); earlier heads that agree: 4",
                verdict.line());
        assertTrue(honest.trusting(key).sound());
        assertTrue(MemoryBundle.of(List.of(), key, 0).verdict().sound());
        assertTrue(MemoryBundle.of(entries.subList(0, 1), key, 1).verdict().sound());
    }

    @Test
    void aBundleWithoutTheListOfLeavesIsSoundToo() {
        honest.files.remove(BundleFiles.LEAVES);
        assertTrue(honest.verdict().sound());
    }

    @Test
    void anEarlierHeadThatTheReaderKeptIsProvenToBeItsBeginning() {
        for (int size = 0; size <= 23; size++) {
            Verdict verdict = honest.since(MemoryBundle.head(entries, size, key));
            assertTrue(verdict.sound(), verdict.line());
            assertTrue(verdict.line().endsWith("; the first " + size + " are those of --since"), verdict.line());
        }
    }

    @Test
    void theFirstWrongEntryIsNamed() {
        honest.entries(MemoryBundle.changed(entries, 11));
        assertWrong(
                "the entries are not those of the signed head in checkpoints/16: entry 11 (line 12) is not the one that"
                        + " was signed");
        List<byte[]> spoilt = new ArrayList<>(entries);
        spoilt.remove(11);
        honest.entries(spoilt);
        assertWrong("the entries are not those of the signed head in checkpoints/16: entry 11 (line 12) is missing");
        spoilt.add(11, "{}".getBytes(StandardCharsets.UTF_8));
        spoilt.add(12, entries.get(11));
        honest.entries(spoilt);
        assertWrong("the entries are not those of the signed head in checkpoints/16: entry 11 (line 12) was inserted");
        spoilt = new ArrayList<>(entries);
        Collections.swap(spoilt, 11, 12);
        honest.entries(spoilt);
        assertWrong(
                "the entries are not those of the signed head in checkpoints/16: entry 11 (line 12) was swapped with the next");
        honest.entries(entries.subList(0, 20));
        assertWrong("entries.jsonl ends after 20 of 23 entries: entry 20 and what follows is missing");
        spoilt = new ArrayList<>(entries);
        spoilt.add("{}".getBytes(StandardCharsets.UTF_8));
        honest.entries(spoilt);
        assertWrong("entries.jsonl has more than the 23 entries that were signed");
        spoilt = new ArrayList<>(entries);
        spoilt.remove(21);
        honest.entries(spoilt);
        assertWrong("entries.jsonl ends after 22 of 23 entries: entry 21 (line 22) is missing");
        honest.entries(MemoryBundle.changed(entries, 22));
        assertWrong(
                "the entries are not those of the signed head in checkpoint: entry 22 (line 23) is not the one that was signed");
    }

    @Test
    void withoutATrueListOfLeavesTheHeadsOnBothSidesAreNamed() {
        String expected = "the entries are not those of the signed head in checkpoints/16: the first wrong one is among"
                + " entries 9 to 15";
        honest.entries(MemoryBundle.changed(entries, 11));
        honest.leaves(MemoryBundle.changed(entries, 11));
        assertWrong(expected);
        honest.leaves(MemoryBundle.changed(entries, 2));
        assertWrong(expected);
        honest.files.remove(BundleFiles.LEAVES);
        assertWrong(expected);
        honest.entries(entries.subList(0, 20));
        assertWrong("entries.jsonl ends after 20 of 23 entries: the first wrong one is among entries 16 to 22");
    }

    @Test
    void aSpoiltListOfLeavesIsToldToo() {
        honest.leaves(MemoryBundle.changed(entries, 5));
        assertWrong("the entries are those that were signed, but the list of leaves is not theirs from leaf 5 on");
        honest.leaves(entries.subList(0, 20));
        assertWrong("the entries are those that were signed, but the list of leaves is not theirs from leaf 20 on");
        honest.leaves(MemoryBundle.someEntries(24));
        assertWrong("the entries are those that were signed, but the list of leaves is not theirs");
    }

    @Test
    void aHistoryThatWasRolledBackIsTold() {
        byte[] kept = MemoryBundle.head(entries, 23, key);
        MemoryBundle older = MemoryBundle.of(entries.subList(0, 16), key, 4, 9, 16);
        assertTrue(older.verdict().sound());
        assertEquals(
                "the history was rolled back: it has 16 entries, but the head in --since had 23",
                older.since(kept).line());
        honest.files.put("checkpoints/30", MemoryBundle.head(MemoryBundle.someEntries(30), 30, key));
        assertWrong("the history was rolled back: it has 23 entries, but the head in checkpoints/30 had 30");
    }

    @Test
    void twoHistoriesUnderOneKeyAreTold() {
        List<byte[]> rewritten = MemoryBundle.changed(entries, 6);
        MemoryBundle second = MemoryBundle.of(rewritten, key, 4, 9, 16, 23);
        assertTrue(second.verdict().sound());
        byte[] kept = MemoryBundle.head(entries, 9, key);
        assertEquals(
                "the entries are not those of the signed head in --since: the first wrong one is among entries 4 to 8",
                second.since(kept).line());
        assertTrue(second.since(MemoryBundle.head(entries, 6, key)).sound());
    }

    @Test
    void anotherKeyIsTold() {
        MemoryBundle forged = MemoryBundle.of(entries, other, 4, 9, 16, 23);
        assertTrue(forged.verdict().sound());
        assertFalse(forged.trusting(key).sound());
        assertFalse(forged.since(MemoryBundle.head(entries, 9, key)).sound());
        honest.files.put(BundleFiles.CHECKPOINT, MemoryBundle.head(entries, 23, other));
        assertWrong("the head in checkpoint is not signed by the key in public.key ("
                + key.verifier().id() + ")");
    }

    @Test
    void aKeyThatTheOldOneVouchesForIsTrusted() {
        List<byte[]> all = new ArrayList<>(entries.subList(0, 8));
        all.add(MemoryBundle.announcement(key));
        all.addAll(entries.subList(8, 12));
        all.add(MemoryBundle.announcement(other));
        all.addAll(entries.subList(12, 20));
        MemoryBundle bundle = MemoryBundle.of(all, other, 20, 22);
        byte[] kept = MemoryBundle.head(all, 5, key);
        bundle.files.put("checkpoints/12", MemoryBundle.head(all, 12, key));
        assertTrue(bundle.verdict().sound(), bundle.verdict().line());
        assertEquals(
                "the history is signed by another key (" + other.verifier().id() + ") than "
                        + key.verifier().id() + ", and no head of that one vouches for it",
                bundle.since(kept).line());
        assertFalse(bundle.trusting(key).sound());
        bundle.files.put("checkpoints/14", MemoryBundle.head(all, 14, other, key));
        assertTrue(bundle.since(kept).sound(), bundle.since(kept).line());
        assertTrue(bundle.trusting(key).sound());
        SigningKey stranger = SigningKey.generate(MemoryBundle.ORIGIN);
        assertFalse(bundle.since(MemoryBundle.head(all, 5, stranger)).sound());
        assertFalse(bundle.trusting(stranger).sound());
        bundle.files.put("checkpoints/15", MemoryBundle.head(all, 15, stranger));
        assertEquals(
                "the head in checkpoints/15 is not signed by a key of this history",
                bundle.verdict().line());
    }

    @Test
    void aHeadOfAnotherHistoryOrSizeIsTold() {
        SigningKey elsewhere = SigningKey.generate("habeas.internal/history/f");
        honest.files.put("checkpoints/10", MemoryBundle.head(entries, 9, key));
        assertWrong("the head in checkpoints/10 is of size 9");
        honest.files.remove("checkpoints/10");
        honest.files.put(BundleFiles.PUBLIC_KEY, elsewhere.verifier().toString().getBytes(StandardCharsets.UTF_8));
        honest.files.put(BundleFiles.CHECKPOINT, MemoryBundle.head(entries, 23, elsewhere));
        assertWrong("the head is of " + MemoryBundle.ORIGIN + ", the key of habeas.internal/history/f");
    }

    @Test
    void whatIsNoBundleIsToldInOneLine(@TempDir Path folder) throws Exception {
        Path nonsense = Files.write(folder.resolve("nonsense.zip"), new byte[] {'P', 'K', 3, 4, 5, 6, 7});
        assertTold("is no zip file", nonsense);
        assertTold("there is no file", folder.resolve("missing.zip"));
        assertTold("there is no file", folder);
        for (String name : List.of(BundleFiles.CHECKPOINT, BundleFiles.ENTRIES, BundleFiles.PUBLIC_KEY)) {
            MemoryBundle without = honest.copy();
            without.files.remove(name);
            assertTold("the bundle has no file " + name, without.zipped(folder.resolve("without.zip")));
        }
        Path sound = honest.zipped(folder.resolve("sound.zip"));
        assertTrue(
                BundleVerifier.verify(sound, Optional.empty(), Optional.empty()).sound());
        assertFalse(BundleVerifier.verify(sound, Optional.of(folder.resolve("none")), Optional.empty())
                .sound());
        assertFalse(BundleVerifier.verify(sound, Optional.of(sound), Optional.empty())
                .sound());
        assertFalse(BundleVerifier.verify(sound, Optional.empty(), Optional.of(sound))
                .sound());
        byte[] bytes = Files.readAllBytes(sound);
        for (int cut = 0; cut < bytes.length; cut += 97) {
            Files.write(nonsense, java.util.Arrays.copyOf(bytes, cut));
            assertTold("no zip file", nonsense);
        }
    }

    @Test
    void linesOfAnyLengthAreRead() {
        List<byte[]> odd = new ArrayList<>();
        odd.add(new byte[0]);
        for (int length : new int[] {1, 65_535, 65_536, 65_537, 200_000, 3, 0, 1_000_000, 7}) {
            odd.add("x".repeat(length).getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(MemoryBundle.of(odd, key, 3, 10).verdict().sound());
        odd.add("x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertTrue(MemoryBundle.of(odd, key, 3, 11).verdict().line().contains("longer than"));
        byte[] all = honest.files.get(BundleFiles.ENTRIES);
        honest.files.put(BundleFiles.ENTRIES, java.util.Arrays.copyOf(all, all.length - 1));
        assertWrong("entries.jsonl is damaged after 22 entries: its last line does not end with a newline");
    }

    private void assertTold(String part, Path zip) {
        Verdict verdict = BundleVerifier.verify(zip, Optional.empty(), Optional.empty());
        assertFalse(verdict.sound());
        assertTrue(verdict.line().contains(part), verdict.line());
    }

    private void assertWrong(String line) {
        assertEquals(new Verdict(false, line), honest.verdict());
    }
}
