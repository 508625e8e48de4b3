package org.habeas.audit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A stored tree in memory that counts what it is asked. */
class MemoryNodes implements Nodes {
    final Map<Node, Hash> stored = new HashMap<>();
    int asked;

    static MemoryNodes of(List<Hash> leaves) {
        MemoryNodes nodes = new MemoryNodes();
        GrowingTree tree = new GrowingTree(nodes.stored::put);
        leaves.forEach(tree::append);
        return nodes;
    }

    static List<Hash> leaves(long count) {
        TreeHasher hasher = new TreeHasher();
        return LongStream.range(0, count)
                .mapToObj(i -> hasher.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public Map<Node, Hash> at(Set<Node> places) {
        asked += places.size();
        return places.stream().filter(stored::containsKey).collect(Collectors.toMap(place -> place, stored::get));
    }
}
