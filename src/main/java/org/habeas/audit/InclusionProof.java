package org.habeas.audit;

import java.util.List;
import java.util.Optional;

/** The way from one leaf to the root of a tree of {@code size} leaves (RFC 9162 section 2.1.3). */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether the leaf with this hash stands at {@code index} under this root. */
    public boolean proves(Hash leaf, Hash root) {
        return rootFrom(leaf).filter(root::equals).isPresent();
    }

    /** RFC 9162 section 2.1.3.2; empty where the path does not fit index and size. */
    private Optional<Hash> rootFrom(Hash leaf) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        TreeHasher hasher = new TreeHasher();
        long fn = index;
        long sn = size - 1;
        Hash hash = leaf;
        for (Hash step : path) {
            if (sn == 0) {
                return Optional.empty();
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = hasher.node(step, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = hasher.node(hash, step);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 ? Optional.of(hash) : Optional.empty();
    }
}
