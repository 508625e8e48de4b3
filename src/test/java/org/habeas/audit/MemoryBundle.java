package org.habeas.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.habeas.actor.Actor;

/** A bundle in memory, made from entries and keys as the portal makes them, so that it can be spoilt in every way. */
final class MemoryBundle implements BundleFiles {
    static final String ORIGIN = "habeas.internal/history/0123456789abcdef";

    final Map<String, byte[]> files = new TreeMap<>();

    /** An honest bundle of these entries, with heads at these sizes (the last one is the head). */
    static MemoryBundle of(List<byte[]> entries, SigningKey key, int... heads) {
        MemoryBundle bundle = new MemoryBundle();
        bundle.entries(entries);
        bundle.leaves(entries);
        bundle.files.put(PUBLIC_KEY, key.verifier().toString().getBytes(StandardCharsets.UTF_8));
        for (int size : heads) {
            String name = size == heads[heads.length - 1] ? CHECKPOINT : EARLIER + size;
            bundle.files.put(name, head(entries, size, key));
        }
        return bundle;
    }

    static byte[] head(List<byte[]> entries, int size, SigningKey... keys) {
        GrowingTree tree = GrowingTree.silent();
        TreeHasher hasher = new TreeHasher();
        entries.subList(0, size).forEach(entry -> tree.append(hasher.leaf(entry)));
        return SignedNote.sign(new Checkpoint(ORIGIN, size, tree.root()).text(), keys)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Different entries in the portal's own format. */
    static List<byte[]> someEntries(int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Act act = Act.of("case.touched", Actor.system("test"))
                    .about(new UUID(7, i))
                    .fact("count", i);
            entries.add(
                    new Entry(new UUID(8, i), HistoryDatabase.NOON.plusSeconds(i), "system:test", act, Optional.empty())
                            .bytes());
        }
        return entries;
    }

    static byte[] announcement(SigningKey key) {
        Act act = Act.of(KeyChain.ANNOUNCED, Actor.system("history"))
                .fact(KeyChain.FACT, key.verifier().toString());
        return new Entry(UUID.randomUUID(), HistoryDatabase.NOON, "system:history", act, Optional.empty()).bytes();
    }

    MemoryBundle copy() {
        MemoryBundle copy = new MemoryBundle();
        copy.files.putAll(files);
        return copy;
    }

    void entries(List<byte[]> entries) {
        int length = entries.stream().mapToInt(e -> e.length + 1).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] entry : entries) {
            System.arraycopy(entry, 0, all, at, entry.length);
            at += entry.length;
            all[at++] = '\n';
        }
        files.put(ENTRIES, all);
    }

    void leaves(List<byte[]> entries) {
        TreeHasher hasher = new TreeHasher();
        byte[] all = new byte[entries.size() * Hash.BYTES];
        for (int i = 0; i < entries.size(); i++) {
            System.arraycopy(hasher.leaf(entries.get(i)).bytes(), 0, all, i * Hash.BYTES, Hash.BYTES);
        }
        files.put(LEAVES, all);
    }

    Verdict verdict() {
        return BundleVerifier.verify(this, Optional.empty(), Optional.empty());
    }

    Verdict since(byte[] head) {
        return BundleVerifier.verify(this, Optional.of(head), Optional.empty());
    }

    Verdict trusting(SigningKey key) {
        byte[] pinned = key.verifier().toString().getBytes(StandardCharsets.UTF_8);
        return BundleVerifier.verify(this, Optional.empty(), Optional.of(pinned));
    }

    Path zipped(Path file) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(new TreeSet<>(files.keySet()));
    }

    @Override
    public InputStream open(String name) {
        return new ByteArrayInputStream(files.get(name));
    }

    static List<byte[]> changed(List<byte[]> entries, int index) {
        List<byte[]> changed = new ArrayList<>(entries);
        byte[] entry = Arrays.copyOf(entries.get(index), entries.get(index).length);
        entry[entry.length / 2] ^= 1;
        changed.set(index, entry);
        return changed;
    }
}
