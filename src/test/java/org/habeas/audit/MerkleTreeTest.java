package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The leaves and roots that RFC 6962's first implementation tests with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theTreeWithoutLeavesHashesNothing() {
        String nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertEquals(nothing, GrowingTree.silent().root().toString());
        assertEquals(nothing, new MerkleTree(0, new MemoryNodes()).root().toString());
    }

    @Test
    void rootsAreThoseOfRfc6962() {
        TreeHasher hasher = new TreeHasher();
        MemoryNodes nodes = new MemoryNodes();
        GrowingTree tree = new GrowingTree(nodes.stored::put);
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.append(hasher.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertEquals(ROOTS.get(i), tree.root().toString());
            assertEquals(ROOTS.get(i), new MerkleTree(i + 1, nodes).root().toString());
            assertEquals(i + 1, tree.size());
        }
    }

    @Test
    void aLeafCannotPassForANode() {
        TreeHasher hasher = new TreeHasher();
        List<Hash> two = MemoryNodes.leaves(2);
        byte[] both = new byte[2 * Hash.BYTES];
        System.arraycopy(two.get(0).bytes(), 0, both, 0, Hash.BYTES);
        System.arraycopy(two.get(1).bytes(), 0, both, Hash.BYTES, Hash.BYTES);
        assertFalse(hasher.leaf(both).equals(hasher.node(two.get(0), two.get(1))));
    }

    /** RFC 9162 section 2.1.5, the tree of seven leaves: which subtrees each proof names. */
    @Test
    void proofsAreThoseOfTheExampleInRfc9162() {
        MemoryNodes nodes = MemoryNodes.of(MemoryNodes.leaves(7));
        MerkleTree tree = new MerkleTree(7, nodes);
        Hash a = nodes.stored.get(new Node(0, 0));
        Hash b = nodes.stored.get(new Node(0, 1));
        Hash c = nodes.stored.get(new Node(0, 2));
        Hash d = nodes.stored.get(new Node(0, 3));
        Hash e = nodes.stored.get(new Node(0, 4));
        Hash f = nodes.stored.get(new Node(0, 5));
        Hash j = nodes.stored.get(new Node(0, 6));
        Hash g = nodes.stored.get(new Node(1, 0));
        Hash h = nodes.stored.get(new Node(1, 1));
        Hash i = nodes.stored.get(new Node(1, 2));
        Hash k = nodes.stored.get(new Node(2, 0));
        Hash l = new TreeHasher().node(i, j);
        assertEquals(List.of(b, h, l), tree.inclusion(0).path());
        assertEquals(List.of(c, g, l), tree.inclusion(3).path());
        assertEquals(List.of(f, j, k), tree.inclusion(4).path());
        assertEquals(List.of(i, k), tree.inclusion(6).path());
        assertEquals(List.of(c, d, g, l), tree.consistency(3).path());
        assertEquals(List.of(l), tree.consistency(4).path());
        assertEquals(List.of(i, j, k), tree.consistency(6).path());
        assertEquals(List.of(), tree.consistency(7).path());
        assertEquals(List.of(), tree.consistency(0).path());
        assertFalse(a.equals(e));
    }

    @Test
    void everyProofOfEverySmallTreeHoldsAndNoOtherLeafOrRootDoes() {
        int most = 70;
        List<Hash> leaves = MemoryNodes.leaves(most);
        MemoryNodes nodes = MemoryNodes.of(leaves);
        List<Hash> roots = new ArrayList<>();
        for (int size = 0; size <= most; size++) {
            roots.add(new MerkleTree(size, nodes).root());
        }
        for (int size = 1; size <= most; size++) {
            MerkleTree tree = new MerkleTree(size, nodes);
            for (int i = 0; i < size; i++) {
                InclusionProof proof = tree.inclusion(i);
                assertTrue(proof.proves(leaves.get(i), roots.get(size)));
                assertFalse(proof.proves(leaves.get((i + 1) % most), roots.get(size)));
                assertFalse(proof.proves(leaves.get(i), roots.get(size - 1)));
            }
            for (int earlier = 0; earlier <= size; earlier++) {
                ConsistencyProof proof = tree.consistency(earlier);
                assertTrue(proof.proves(roots.get(earlier), roots.get(size)), earlier + " to " + size);
                assertFalse(proof.proves(roots.get(earlier == size ? 0 : earlier + 1), roots.get(size)));
                // everything begins with nothing, and only that
                assertEquals(earlier == 0, proof.proves(roots.get(earlier), roots.get(size - 1)));
            }
        }
    }

    @Property(tries = 300)
    void aProofWithAnyOtherIndexSizeOrPathProvesNothing(
            @ForAll @IntRange(min = 1, max = 3000) int size,
            @ForAll @IntRange(max = 2999) int place,
            @ForAll @IntRange(min = 1, max = 40) int off) {
        List<Hash> leaves = MemoryNodes.leaves(size);
        MerkleTree tree = new MerkleTree(size, MemoryNodes.of(leaves));
        int index = place % size;
        Hash root = tree.root();
        Hash leaf = leaves.get(index);
        InclusionProof proof = tree.inclusion(index);
        assertTrue(proof.proves(leaf, root));
        assertFalse(new InclusionProof(index + off, size, proof.path()).proves(leaf, root));
        assertFalse(new InclusionProof(index - off, size, proof.path()).proves(leaf, root));
        assertFalse(new InclusionProof(-1, size, proof.path()).proves(leaf, root));
        List<Hash> longer = new ArrayList<>(proof.path());
        longer.add(root);
        assertFalse(new InclusionProof(index, size, longer).proves(leaf, root));
        for (int i = 0; i < proof.path().size(); i++) {
            List<Hash> other = new ArrayList<>(proof.path());
            other.set(i, root);
            assertFalse(new InclusionProof(index, size, other).proves(leaf, root));
            other.remove(i);
            assertFalse(new InclusionProof(index, size, other).proves(leaf, root));
        }
    }

    @Property(tries = 300)
    void noConsistencyProofJoinsAChangedPast(
            @ForAll @IntRange(min = 2, max = 2000) int size, @ForAll @IntRange(max = 1999) int place) {
        List<Hash> leaves = new ArrayList<>(MemoryNodes.leaves(size));
        int earlier = 1 + place % (size - 1);
        Hash past = new MerkleTree(earlier, MemoryNodes.of(leaves)).root();
        MerkleTree honest = new MerkleTree(size, MemoryNodes.of(leaves));
        ConsistencyProof proof = honest.consistency(earlier);
        assertTrue(proof.proves(past, honest.root()));
        leaves.set(place % earlier, new TreeHasher().leaf(new byte[] {1}));
        MerkleTree rewritten = new MerkleTree(size, MemoryNodes.of(leaves));
        assertFalse(rewritten.consistency(earlier).proves(past, rewritten.root()));
        assertFalse(proof.proves(past, rewritten.root()));
        assertFalse(new ConsistencyProof(earlier - 1, size, proof.path()).proves(past, honest.root()));
        List<Hash> longer = new ArrayList<>(proof.path());
        longer.add(past);
        assertFalse(new ConsistencyProof(earlier, size, longer).proves(past, honest.root()));
        assertFalse(new ConsistencyProof(earlier, size, List.of()).proves(past, honest.root()));
        for (int i = 0; i < proof.path().size(); i++) {
            List<Hash> other = new ArrayList<>(proof.path());
            other.remove(i);
            assertFalse(new ConsistencyProof(earlier, size, other).proves(past, honest.root()));
        }
    }

    @Property(tries = 200)
    void aTreeGoesOnFromItsStoredEdge(@ForAll @IntRange(max = 600) int before, @ForAll @IntRange(max = 600) int after) {
        List<Hash> leaves = MemoryNodes.leaves(before + after);
        MemoryNodes nodes = MemoryNodes.of(leaves.subList(0, before));
        GrowingTree tree = new GrowingTree(before, new MerkleTree(before, nodes).edge(), nodes.stored::put);
        leaves.subList(before, before + after).forEach(tree::append);
        assertEquals(new MerkleTree(before + after, MemoryNodes.of(leaves)).root(), tree.root());
        assertEquals(MemoryNodes.of(leaves).stored, nodes.stored);
    }

    @Test
    void proofsOfManyLeavesTakeAHandfulOfLookUps() {
        int size = 65_539;
        MemoryNodes nodes = MemoryNodes.of(MemoryNodes.leaves(size));
        MerkleTree tree = new MerkleTree(size, nodes);
        tree.inclusion(54_321);
        tree.consistency(12_345);
        tree.root();
        assertTrue(nodes.asked < 100, nodes.asked + " nodes asked");
    }

    @Test
    void aLackingNodeIsToldAndNotGuessed() {
        MemoryNodes nodes = MemoryNodes.of(MemoryNodes.leaves(5));
        nodes.stored.remove(new Node(0, 4));
        assertThrows(IllegalStateException.class, () -> new MerkleTree(5, nodes).root());
    }

    @Test
    void impossibleQuestionsAreRefused() {
        MerkleTree tree = new MerkleTree(5, MemoryNodes.of(MemoryNodes.leaves(5)));
        assertThrows(IllegalArgumentException.class, () -> tree.inclusion(5));
        assertThrows(IllegalArgumentException.class, () -> tree.inclusion(-1));
        assertThrows(IllegalArgumentException.class, () -> tree.consistency(6));
        assertThrows(IllegalArgumentException.class, () -> tree.consistency(-1));
        assertThrows(IllegalArgumentException.class, () -> new MerkleTree(-1, new MemoryNodes()));
        assertThrows(IllegalArgumentException.class, () -> new Node(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Node(63, 0));
        assertThrows(IllegalArgumentException.class, () -> new Node(0, -1));
        assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new GrowingTree(3, List.of(), (p, h) -> {}));
        assertFalse(new ConsistencyProof(3, 2, List.of()).proves(tree.root(), tree.root()));
        assertFalse(new ConsistencyProof(-1, 2, List.of()).proves(tree.root(), tree.root()));
    }
}
