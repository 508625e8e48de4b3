package org.habeas.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a bundle on its own: recomputes the tree from the entries, checks every signature, and that every earlier head is
 * a beginning of the last one. Needs no database, no network and no trust in whoever made the bundle.
 */
public final class BundleVerifier {
    private static final int LONGEST_NOTE = 1 << 20;

    private final BundleFiles bundle;
    private final Set<String> names = new HashSet<>();
    private final VerifierKey key;
    private final SignedNote headNote;
    private final Checkpoint head;
    /** Notes other than the head by what they are called: earlier heads in the bundle, and the one the reader kept. */
    private final Map<String, SignedNote> earlier = new LinkedHashMap<>();

    private BundleVerifier(BundleFiles bundle) throws IOException {
        this.bundle = bundle;

        for (String name : bundle.names()) {
            if (!names.add(name)) {
                throw new Malformed("the bundle has two files named " + name);
            }
        }
        for (String needed : List.of(BundleFiles.PUBLIC_KEY, BundleFiles.CHECKPOINT, BundleFiles.ENTRIES)) {
            if (!names.contains(needed)) {
                throw new Malformed("the bundle has no file " + needed);
            }
        }
        this.key = VerifierKey.parse(new String(read(BundleFiles.PUBLIC_KEY), StandardCharsets.UTF_8));
        this.headNote = note(BundleFiles.CHECKPOINT, read(BundleFiles.CHECKPOINT));
        this.head = Checkpoint.parse(headNote);
    }

    /**
     * Verifies the bundle in this zip file, or the proof of one case.
     *
     * @param since an earlier checkpoint that the reader kept: it must be a beginning of this history
     * @param trusted a verifier key that the reader kept: it or a key that it vouches for must have signed
     */
    public static Verdict verify(Path zip, Optional<Path> since, Optional<Path> trusted) {
        try {
            Optional<byte[]> proof = ProofVerifier.read(zip);
            if (proof.isPresent()) {
                return ProofVerifier.verify(proof.get(), trusted.map(BundleVerifier::kept));
            }
        } catch (Malformed e) {
            return Verdict.wrong(e.getMessage());
        }
        try (ZippedBundle files = new ZippedBundle(zip)) {
            Optional<byte[]> note = since.isPresent() ? Optional.of(kept(since.get())) : Optional.empty();
            Optional<byte[]> pinned = trusted.isPresent() ? Optional.of(kept(trusted.get())) : Optional.empty();
            return verify(files, note, pinned);
        } catch (IOException e) {
            return Verdict.wrong(zip + " cannot be read: " + e.getMessage());
        } catch (Malformed e) {
            return Verdict.wrong(e.getMessage());
        }
    }

    static Verdict verify(BundleFiles files, Optional<byte[]> since, Optional<byte[]> trusted) {
        try {
            BundleVerifier verifier = new BundleVerifier(files);
            return verifier.verdict(since, trusted.map(pin -> new String(pin, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.wrong("the bundle is damaged: " + e.getMessage());
        } catch (Malformed e) {
            return Verdict.wrong(e.getMessage());
        }
    }

    private Verdict verdict(Optional<byte[]> since, Optional<String> trusted) throws IOException {
        if (!headNote.signedBy(key)) {
            return Verdict.wrong("the head in checkpoint is not signed by the key in public.key (" + key.id() + ")");
        }
        if (!head.origin().equals(key.name())) {
            return Verdict.wrong("the head is of " + head.origin() + ", the key of " + key.name());
        }
        for (String name : bundle.names()) {
            if (name.startsWith(BundleFiles.EARLIER) && !name.equals(BundleFiles.EARLIER)) {
                earlier.put(name, note(name, read(name)));
            }
        }
        Optional<SignedNote> kept = since.map(note -> note("--since", note));
        kept.ifPresent(note -> earlier.put("--since", note));
        Optional<String> wrong = new EntryWalk(heads()).over(bundle);
        if (wrong.isEmpty()) {
            wrong = signatures(kept, trusted.map(VerifierKey::parse));
        }
        return wrong.map(Verdict::wrong).orElseGet(() -> Verdict.sound(summary(kept)));
    }

    /** All heads by their size; refuses those that cannot be earlier ones of this history. */
    private NavigableMap<Long, List<EntryWalk.Head>> heads() {
        NavigableMap<Long, List<EntryWalk.Head>> heads = new TreeMap<>();
        heads.computeIfAbsent(head.size(), size -> new ArrayList<>())
                .add(new EntryWalk.Head(BundleFiles.CHECKPOINT, head.root()));
        earlier.forEach((name, note) -> {
            Checkpoint one = Checkpoint.parse(note);
            if (!one.origin().equals(head.origin())) {
                throw new Malformed("the head in " + name + " is of another history, " + one.origin());
            }
            if (name.startsWith(BundleFiles.EARLIER) && !name.equals(BundleFiles.EARLIER + one.size())) {
                throw new Malformed("the head in " + name + " is of size " + one.size());
            }
            if (one.size() > head.size()) {
                throw new Malformed("the history was rolled back: it has " + head.size() + " entries, but the head in "
                        + name + " had " + one.size());
            }
            heads.computeIfAbsent(one.size(), size -> new ArrayList<>()).add(new EntryWalk.Head(name, one.root()));
        });
        return heads;
    }

    /** What is wrong with the signatures of earlier heads, and with the way from a trusted key to the present one. */
    private Optional<String> signatures(Optional<SignedNote> kept, Optional<VerifierKey> trusted) throws IOException {
        List<String> byOthers = earlier.keySet().stream()
                .filter(name -> !earlier.get(name).signedBy(key))
                .toList();
        if (byOthers.isEmpty() && trusted.map(key::equals).orElse(true)) {
            return Optional.empty();
        }
        KeyChain chain = announced();
        for (String name : byOthers) {
            if (chain.signerOf(earlier.get(name)).isEmpty()) {
                return Optional.of("the head in " + name + " is not signed by a key of this history");
            }
        }
        List<SignedNote> all = new ArrayList<>(earlier.values());
        all.add(headNote);
        Optional<VerifierKey> from =
                trusted.or(() -> kept.flatMap(note -> note.signedBy(key) ? Optional.of(key) : chain.signerOf(note)));
        if (from.isPresent() && !chain.leads(from.get(), key, all)) {
            return Optional.of("the history is signed by another key (" + key.id() + ") than "
                    + from.get().id() + ", and no head of that one vouches for it");
        }
        return Optional.empty();
    }

    /** A second walk, only where more than one key signed. The entries are known to be those under the head by now. */
    private KeyChain announced() throws IOException {
        KeyChain chain = new KeyChain();
        try (InputStream entries = bundle.open(BundleFiles.ENTRIES)) {
            LineReader reader = new LineReader(entries);
            for (long index = 0; reader.next(); index++) {
                chain.read(index, reader.line());
            }
        }
        return chain;
    }

    private String summary(Optional<SignedNote> kept) {
        long inside = earlier.size() - kept.stream().count();
        return head.size() + " entries of " + head.origin() + " are what was signed by key " + key.id() + " (root "
                + head.root().base64() + "); earlier heads that agree: " + inside
                + kept.map(note -> "; the first " + Checkpoint.parse(note).size() + " are those of --since")
                        .orElse("");
    }

    private byte[] read(String name) throws IOException {
        try (InputStream content = bundle.open(name)) {
            return content.readNBytes(LONGEST_NOTE + 1);
        }
    }

    private static SignedNote note(String name, byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint.parse(note);
            return note;
        } catch (Malformed e) {
            throw new Malformed("the head in " + name + " is damaged: " + e.getMessage());
        }
    }

    private static byte[] kept(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(LONGEST_NOTE + 1);
        } catch (IOException e) {
            throw new Malformed("there is no readable file " + file);
        }
    }
}
