package org.habeas.mandate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What may be sent, known by its content and not by its name. */
enum FileKind {
    PDF("application/pdf", ".pdf", 0x25, 0x50, 0x44, 0x46, 0x2D),
    PNG("image/png", ".png", 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A),
    JPEG("image/jpeg", ".jpg", 0xFF, 0xD8, 0xFF);

    private static final byte[] ARCHIVE_END = {0x50, 0x4B, 0x05, 0x06};
    private static final byte[] EMBEDDED = "/EmbeddedFile".getBytes(StandardCharsets.US_ASCII);

    private final String type;
    private final String ending;
    private final byte[] start;

    FileKind(String type, String ending, int... start) {
        this.type = type;
        this.ending = ending;
        this.start = new byte[start.length];
        for (int i = 0; i < start.length; i++) {
            this.start[i] = (byte) start[i];
        }
    }

    /** Empty for everything else, also where an archive or another file hides behind a beginning that is allowed. */
    static Optional<FileKind> of(byte[] bytes) {
        if (holds(bytes, ARCHIVE_END) || holds(bytes, EMBEDDED)) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(kind -> Arrays.mismatch(kind.start, bytes) == kind.start.length)
                .findFirst();
    }

    String type() {
        return type;
    }

    String ending() {
        return ending;
    }

    private static boolean holds(byte[] bytes, byte[] what) {
        for (int at = 0; at + what.length <= bytes.length; at++) {
            int same = 0;
            while (same < what.length && bytes[at + same] == what[same]) {
                same++;
            }
            if (same == what.length) {
                return true;
            }
        }
        return false;
    }
}
