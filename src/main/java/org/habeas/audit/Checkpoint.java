package org.habeas.audit;

import java.util.regex.Pattern;

/** A head of the tree, as c2sp.org/tlog-checkpoint writes it: origin, number of leaves, root; signed as a note. */
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new IllegalArgumentException("a checkpoint has an origin of one line and a size from 0 on");
        }
    }

    /** Reads the text of a note; lines after the third are allowed by the form and say nothing to us. */
    public static Checkpoint parse(SignedNote note) {
        String[] lines = note.text().split("\n", -1);
        // the text ends with a newline, so the last piece is empty
        if (lines.length < 4) {
            throw new Malformed("a checkpoint has at least three lines");
        }
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw new Malformed("line " + (i + 1) + " of the checkpoint is empty");
            }
        }
        return new Checkpoint(lines[0], size(lines[1]), root(lines[2]));
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    private static long size(String line) {
        if (SIZE.matcher(line).matches()) {
            try {
                return Long.parseLong(line);
            } catch (NumberFormatException e) {
                // larger than any tree
            }
        }
        throw new Malformed("the checkpoint's size is no number of leaves");
    }

    private static Hash root(String line) {
        byte[] bytes = StrictBase64.decode(line, "the checkpoint's root");
        if (bytes.length != Hash.BYTES) {
            throw new Malformed("the checkpoint's root has " + bytes.length + " bytes, not " + Hash.BYTES);
        }
        return Hash.owning(bytes);
    }
}
