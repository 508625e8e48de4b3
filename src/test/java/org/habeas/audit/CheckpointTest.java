package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    /** The example of c2sp.org/tlog-checkpoint. */
    @Test
    void theKnownExampleIsRead() {
        String text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        Checkpoint read = Checkpoint.parse(new SignedNote(text, List.of()));
        assertEquals("example.com/behind-the-sofa", read.origin());
        assertEquals(20852163, read.size());
        assertEquals("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", read.root().base64());
        assertEquals(text, read.text());
        assertEquals(read, Checkpoint.parse(new SignedNote(text + "an extension\n", List.of())));
    }

    @Test
    void sizesFromNothingToTheLargest() {
        assertEquals(0, size("0"));
        assertEquals(Long.MAX_VALUE, size("9223372036854775807"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "01",
                "-1",
                "+1",
                " 1",
                "1 ",
                "1e3",
                "0x1",
                "١",
                "9223372036854775808",
                "99999999999999999999"
            })
    void sizesThatAreNone(String size) {
        assertThrows(Malformed.class, () -> size(size));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "origin\n",
                "origin\n1\n",
                "origin\n1\n\n",
                "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nextension\n"
            })
    void whatIsNoCheckpointIsToldSo(String text) {
        assertThrows(Malformed.class, () -> Checkpoint.parse(new SignedNote(text, List.of())));
    }

    @Test
    void anImpossibleOneIsNotMade() {
        Hash root = new TreeHasher().empty();
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("", 1, root));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a\nb", 1, root));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a", -1, root));
    }

    private static long size(String size) {
        return Checkpoint.parse(new SignedNote(
                        "origin\n" + size + "\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", List.of()))
                .size();
    }
}
