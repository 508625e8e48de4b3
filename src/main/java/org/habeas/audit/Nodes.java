package org.habeas.audit;

import java.util.Map;
import java.util.Set;

/** Where the hashes of perfect subtrees lie: a table in the portal, memory in a test. */
@FunctionalInterface
public interface Nodes {
    /** The hashes of all these places, asked in one go; a missing one is left out and makes the question fail. */
    Map<Node, Hash> at(Set<Node> places);
}
