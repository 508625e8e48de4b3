package org.habeas.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with its signatures in the form of c2sp.org/signed-note: the text with its last newline, an empty line, and lines
 * "— name base64(key id || signature)".
 */
public record SignedNote(String text, List<Line> signatures) {
    /** One signature: the key's name, and its id followed by the signature. */
    record Line(String name, byte[] idAndSignature) {
        private boolean by(VerifierKey key) {
            return name.equals(key.name())
                    && Arrays.equals(idAndSignature, 0, VerifierKey.ID_BYTES, key.idBytes(), 0, VerifierKey.ID_BYTES);
        }

        private byte[] signature() {
            return Arrays.copyOfRange(idAndSignature, VerifierKey.ID_BYTES, idAndSignature.length);
        }
    }

    private static final String DASH = "\u2014 ";
    private static final int LONGEST = 1 << 20;
    private static final int MOST_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    static SignedNote sign(String text, SigningKey... keys) {
        if (!text.endsWith("\n") || hasControls(text)) {
            throw new IllegalArgumentException("a note's text ends with a newline and has no other control characters");
        }
        List<Line> lines = new ArrayList<>();
        for (SigningKey key : keys) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.writeBytes(key.verifier().idBytes());
            line.writeBytes(key.sign(text.getBytes(StandardCharsets.UTF_8)));
            lines.add(new Line(key.verifier().name(), line.toByteArray()));
        }
        return new SignedNote(text, lines);
    }

    /** Reads a note; every departure from the form is {@link Malformed}. */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw new Malformed("the note is longer than " + LONGEST + " bytes");
        }
        String all = utf8(bytes);
        if (hasControls(all)) {
            throw new Malformed("the note has control characters");
        }
        int blank = all.lastIndexOf("\n\n");
        if (blank < 0 || !all.endsWith("\n") || blank + 2 == all.length()) {
            throw new Malformed("the note has no signatures after an empty line");
        }
        String[] lines = all.substring(blank + 2, all.length() - 1).split("\n", -1);
        if (lines.length > MOST_SIGNATURES) {
            throw new Malformed("the note has more than " + MOST_SIGNATURES + " signatures");
        }
        return new SignedNote(
                all.substring(0, blank + 1),
                Arrays.stream(lines).map(SignedNote::line).toList());
    }

    public static SignedNote parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this key signed the text: at least one signature is the key's, and all that claim to be are. */
    public boolean signedBy(VerifierKey key) {
        List<Line> claimed = signatures.stream().filter(line -> line.by(key)).toList();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return !claimed.isEmpty() && claimed.stream().allMatch(line -> key.verifies(bytes, line.signature()));
    }

    private static Line line(String line) {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0) {
            throw new Malformed("a line after the empty one is no signature");
        }
        String name = line.substring(DASH.length(), space);
        byte[] value = StrictBase64.decode(line.substring(space + 1), "a signature");
        if (!VerifierKey.isName(name) || value.length <= VerifierKey.ID_BYTES) {
            throw new Malformed("a line after the empty one is no signature");
        }
        return new Line(name, value);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\n');
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("the note is not UTF-8");
        }
    }

    /** The note as it is sent and stored. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(text).append('\n');
        for (Line line : signatures) {
            all.append(DASH).append(line.name()).append(' ');
            all.append(Base64.getEncoder().encodeToString(line.idAndSignature()))
                    .append('\n');
        }
        return all.toString();
    }
}
