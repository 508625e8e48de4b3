package org.habeas.audit;

import java.util.ArrayList;
import java.util.List;

/** What shows that a tree of {@code earlier} leaves is the beginning of one of {@code later} leaves (RFC 9162 section 2.1.4). */
public record ConsistencyProof(long earlier, long later, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Whether the tree with {@code laterRoot} begins with the one with {@code earlierRoot} (RFC 9162 section 2.1.4.2). */
    public boolean proves(Hash earlierRoot, Hash laterRoot) {
        if (earlier < 0 || earlier > later) {
            return false;
        }
        if (earlier == later) {
            return path.isEmpty() && earlierRoot.equals(laterRoot);
        }
        if (earlier == 0) {
            return path.isEmpty() && earlierRoot.equals(new TreeHasher().empty());
        }
        return !path.isEmpty() && walk(earlierRoot, laterRoot);
    }

    private boolean walk(Hash earlierRoot, Hash laterRoot) {
        List<Hash> steps = new ArrayList<>(path);
        if (Long.bitCount(earlier) == 1) {
            steps.add(0, earlierRoot);
        }
        TreeHasher hasher = new TreeHasher();
        int unused = Long.numberOfTrailingZeros(earlier);
        long fn = (earlier - 1) >> unused;
        long sn = (later - 1) >> unused;
        Hash fr = steps.get(0);
        Hash sr = fr;
        for (Hash step : steps.subList(1, steps.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = hasher.node(step, fr);
                sr = hasher.node(step, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = hasher.node(sr, step);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(earlierRoot) && sr.equals(laterRoot);
    }
}
