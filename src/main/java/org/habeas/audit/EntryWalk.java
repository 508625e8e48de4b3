package org.habeas.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the entries of a bundle: grows the tree, compares its root with every signed head on the way, and each
 * leaf with the list of leaf hashes where the bundle has one. Knows afterwards where the first wrong entry stands.
 */
final class EntryWalk {
    /** A signed head and what it is called in a message. */
    record Head(String name, Hash root) {}

    private final NavigableMap<Long, List<Head>> heads;
    private final long signed;
    private final GrowingTree tree = GrowingTree.silent();
    private final TreeHasher hasher = new TreeHasher();
    /** The first line that is not the listed leaf, with the line after it, and what is listed in their place. */
    private final List<Hash> lines = new ArrayList<>();

    private final List<Hash> leaves = new ArrayList<>();
    private long suspect = -1;
    private long agreed;
    private long contradictedAt = -1;
    private String contradicted = "";

    EntryWalk(NavigableMap<Long, List<Head>> heads) {
        this.heads = heads;
        this.signed = heads.lastKey();
    }

    /** Walks; empty where everything agrees, else what is wrong. */
    Optional<String> over(BundleFiles bundle) throws IOException {
        boolean listed = bundle.names().contains(BundleFiles.LEAVES);
        boolean longer;
        boolean tooMany;
        try (InputStream entries = bundle.open(BundleFiles.ENTRIES);
                InputStream list = listed ? new BufferedInputStream(bundle.open(BundleFiles.LEAVES), 1 << 16) : null) {
            compare();
            tooMany = walk(new LineReader(entries), list);
            longer = list != null && lookFurther(list);
        } catch (Malformed e) {
            throw new Malformed(
                    BundleFiles.ENTRIES + " is damaged after " + tree.size() + " entries: " + e.getMessage());
        }
        if (contradictedAt < 0 && !tooMany && tree.size() == signed) {
            return suspect < 0 && !longer
                    ? Optional.empty()
                    : Optional.of("the entries are those that were signed, but the list of leaves is not theirs"
                            + (suspect < 0 ? "" : " from leaf " + suspect + " on"));
        }
        return Optional.of(what(tooMany) + where(listed && listIsSigned(bundle)));
    }

    /** True where there are more lines than signed leaves. */
    private boolean walk(LineReader reader, @Nullable InputStream list) throws IOException {
        while (reader.next()) {
            if (tree.size() == signed) {
                return true;
            }
            Hash line = hasher.leaf(reader.buffer(), reader.start(), reader.length());
            if (list != null) {
                compare(line, list);
            }
            tree.append(line);
            compare();
            // one line more tells a missing entry from a changed one
            if (contradictedAt >= 0 && (list == null || lines.size() == 2)) {
                return false;
            }
        }
        return false;
    }

    private void compare(Hash line, InputStream list) throws IOException {
        Hash leaf = leaf(list);
        if (suspect < 0 && !line.equals(leaf)) {
            suspect = tree.size();
        }
        if (suspect >= 0 && lines.size() < 2) {
            lines.add(line);
            leaves.add(leaf);
        }
    }

    private void compare() {
        if (contradictedAt >= 0 || !heads.containsKey(tree.size())) {
            return;
        }
        Hash root = tree.root();
        for (Head head : heads.get(tree.size())) {
            if (!head.root().equals(root)) {
                contradictedAt = tree.size();
                contradicted = head.name();
                return;
            }
        }
        agreed = tree.size();
    }

    /** Whether leaves are listed behind the last line; the next of them is kept. */
    private boolean lookFurther(InputStream list) throws IOException {
        Hash leaf = leaf(list);
        leaves.add(leaf);
        return !leaf.equals(hasher.empty());
    }

    /** The next listed leaf; at the end the hash of nothing, which no entry has. */
    private Hash leaf(InputStream list) throws IOException {
        byte[] listed = list.readNBytes(Hash.BYTES);
        return listed.length == Hash.BYTES ? Hash.owning(listed) : hasher.empty();
    }

    private String what(boolean tooMany) {
        if (contradictedAt >= 0) {
            return "the entries are not those of the signed head in " + contradicted;
        }
        return BundleFiles.ENTRIES
                + (tooMany
                        ? " has more than the " + signed + " entries that were signed"
                        : " ends after " + tree.size() + " of " + signed + " entries");
    }

    private String where(boolean exact) {
        if (exact && suspect >= 0) {
            return ": entry " + suspect + " (line " + (suspect + 1) + ") " + kind();
        }
        if (exact && contradictedAt < 0) {
            return tree.size() < signed ? ": entry " + tree.size() + " and what follows is missing" : "";
        }
        long last = (contradictedAt < 0 ? signed : contradictedAt) - 1;
        return last < agreed ? "" : ": the first wrong one is among entries " + agreed + " to " + last;
    }

    private String kind() {
        boolean later = leaves.size() > 1 && lines.get(0).equals(leaves.get(1));
        boolean earlier = lines.size() > 1 && lines.get(1).equals(leaves.get(0));
        if (later && earlier) {
            return "was swapped with the next";
        }
        if (later) {
            return "is missing";
        }
        return earlier ? "was inserted" : "is not the one that was signed";
    }

    /** Whether the list of leaves is itself the one that was signed: then it points at the wrong entry. */
    private boolean listIsSigned(BundleFiles bundle) throws IOException {
        GrowingTree listed = GrowingTree.silent();
        try (InputStream list = new BufferedInputStream(bundle.open(BundleFiles.LEAVES), 1 << 16)) {
            byte[] leaf = list.readNBytes(Hash.BYTES);
            while (leaf.length == Hash.BYTES && listed.size() < signed) {
                listed.append(Hash.owning(leaf));
                leaf = list.readNBytes(Hash.BYTES);
            }
        }
        return listed.size() == signed
                && heads.get(signed).stream().anyMatch(head -> head.root().equals(listed.root()));
    }
}
