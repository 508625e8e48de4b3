package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /** The example that goes with the form's first implementation. */
    private static final String KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String NOTE = "This is an example message.\n\n— example.com/foo "
            + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    @Test
    void theKnownExampleVerifies() {
        VerifierKey key = VerifierKey.parse(KEY);
        SignedNote note = SignedNote.parse(NOTE);
        assertTrue(note.signedBy(key));
        assertEquals("This is an example message.\n", note.text());
        assertEquals(NOTE, note.toString());
        assertEquals(KEY, key.toString());
        assertEquals("example.com/foo", key.name());
        assertEquals("530d903a", key.id());
        assertEquals(key, VerifierKey.parse(KEY + "\n"));
    }

    @Test
    void whatIsSignedVerifiesWithThatKeyOnly() {
        SigningKey key = SigningKey.generate("habeas.internal/history/1");
        SignedNote note = SignedNote.sign("Ognuno sta solo\n\ned è subito sera.\n", key);
        SignedNote read = SignedNote.parse(note.toString());
        assertTrue(read.signedBy(key.verifier()));
        assertEquals(note.text(), read.text());
        assertFalse(
                read.signedBy(SigningKey.generate("habeas.internal/history/1").verifier()));
        assertFalse(read.signedBy(VerifierKey.parse(KEY)));
        SigningKey again = SigningKey.of(key.pkcs8(), key.verifier());
        assertEquals(note.toString(), SignedNote.sign(note.text(), again).toString());
    }

    @Test
    void twoKeysCanSignAndEachCounts() {
        SigningKey old = SigningKey.generate("habeas.internal/history/1");
        SigningKey fresh = SigningKey.generate("habeas.internal/history/1");
        SignedNote note = SignedNote.parse(SignedNote.sign("text\n", old, fresh).toString());
        assertTrue(note.signedBy(old.verifier()));
        assertTrue(note.signedBy(fresh.verifier()));
    }

    @Test
    void aFailedSignatureOfTheKeySpoilsTheNoteEvenBesideAGoodOne() {
        SigningKey key = SigningKey.generate("a");
        String good = SignedNote.sign("text\n", key).toString();
        String other = SignedNote.sign("other\n", key).toString();
        String both = good + other.substring(other.indexOf('—'));
        assertFalse(SignedNote.parse(both).signedBy(key.verifier()));
    }

    @Test
    void noChangedByteIsOverlooked() {
        SigningKey key = SigningKey.generate("habeas.internal/history/1");
        byte[] note = SignedNote.sign("habeas.internal/history/1\n42\n" + "A".repeat(43) + "=\n", key)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < note.length; i++) {
            byte[] changed = note.clone();
            do {
                changed[i] = (byte) random.nextInt(256);
            } while (changed[i] == note[i]);
            assertFalse(verifies(changed, key.verifier()), "byte " + i);
        }
        for (int length = 0; length < note.length; length++) {
            assertFalse(verifies(Arrays.copyOf(note, length), key.verifier()), "cut at " + length);
        }
    }

    private static boolean verifies(byte[] note, VerifierKey key) {
        try {
            return SignedNote.parse(note).signedBy(key);
        } catch (Malformed e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text",
                "text\n",
                "text\n\n",
                "text\n\n\n",
                "text\n\n— a AAAAAAA=",
                "text\n\n- a AAAAAAA=\n",
                "text\n\n— a\n",
                "text\n\n—  AAAAAAA=\n",
                "text\n\n— a+b AAAAAAA=\n",
                "text\n\n— a AAAAAA==\n",
                "text\n\n— a AAAAAAB=\n",
                "text\n\n— a AAAA AAA=\n",
                "text\n\n— a AAAAAAA= \n",
                "text\n\n— a AAAAAAA=\njunk\n",
                "te\u0000xt\n\n— a AAAAAAA=\n",
                "text\r\n\n— a AAAAAAA=\n",
                "te\txt\n\n— a AAAAAAA=\n"
            })
    void whatIsNoNoteIsToldSo(String text) {
        assertThrows(Malformed.class, () -> SignedNote.parse(text));
    }

    @Test
    void theShortestNoteIsOne() {
        assertEquals("text\n", SignedNote.parse("text\n\n— a AAAAAAA=\n").text());
        assertEquals("\n", SignedNote.parse("\n\n— a AAAAAAA=\n").text());
    }

    /** RFC 8032 section 5.1.7: S is below the group's order, or every signature would have twins. */
    @Test
    void aSignatureHasNoTwin() {
        SigningKey key = SigningKey.generate("a");
        byte[] text = {1, 2, 3};
        byte[] signature = key.sign(text);
        assertTrue(key.verifier().verifies(text, signature));
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] s = Arrays.copyOfRange(signature, 32, 64);
        byte[] twin = reversed(new BigInteger(1, reversed(s)).add(order).toByteArray());
        System.arraycopy(twin, 0, signature, 32, 32);
        assertFalse(key.verifier().verifies(text, signature));
        assertFalse(key.verifier().verifies(text, new byte[63]));
        assertFalse(key.verifier().verifies(text, new byte[65]));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[Math.max(32, bytes.length)];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return reversed;
    }

    @Test
    void limitsHold() {
        String line = "— a AAAAAAA=\n";
        assertEquals(
                100,
                SignedNote.parse("text\n\n" + line.repeat(100)).signatures().size());
        assertThrows(Malformed.class, () -> SignedNote.parse("text\n\n" + line.repeat(101)));
        String longest = "a".repeat((1 << 20) - 2 - line.getBytes(StandardCharsets.UTF_8).length);
        assertEquals(longest + "\n", SignedNote.parse(longest + "\n\n" + line).text());
        assertThrows(Malformed.class, () -> SignedNote.parse("a" + longest + "\n\n" + line));
        assertThrows(Malformed.class, () -> SignedNote.parse(new byte[] {(byte) 0xff, '\n', '\n'}));
        assertThrows(IllegalArgumentException.class, () -> SignedNote.sign("no newline", SigningKey.generate("a")));
        assertThrows(IllegalArgumentException.class, () -> SignedNote.sign("a\rb\n", SigningKey.generate("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U==",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n\n",
                "example.com foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void whatIsNoVerifierKeyIsToldSo(String text) {
        assertThrows(Malformed.class, () -> VerifierKey.parse(text));
    }

    @Test
    void halvesOfTwoKeysAreRefused() {
        SigningKey one = SigningKey.generate("a");
        SigningKey two = SigningKey.generate("a");
        assertThrows(Malformed.class, () -> SigningKey.of(one.pkcs8(), two.verifier()));
        assertThrows(Malformed.class, () -> SigningKey.of(new byte[] {1, 2, 3}, one.verifier()));
    }
}
