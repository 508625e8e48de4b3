package org.habeas.ready;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What a parser is known to be given (src/test/resources/fuzz), and neighbours of it, the same in every run. */
final class Seeds {
    private static final List<String> PIECES = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "-1",
            "99999999999999999999",
            "1e999",
            "\u0000",
            "\uFEFF",
            "\n",
            "\n\n",
            "\t",
            ": ",
            "- ",
            "&a ",
            "*a",
            "<<: *a",
            "!!int ",
            "? ",
            "${X}",
            "${",
            "{",
            "[[[[",
            "\"",
            "'",
            ";",
            ",",
            "—",
            "\u2028",
            "ø",
            "\uD83D\uDE00",
            "=",
            " ",
            "/",
            "%2e",
            "P1Y",
            "0000-99-99");

    private final List<byte[]> known;
    private final Random random = new Random(20261122);

    Seeds(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            known = files.sorted().map(Seeds::read).toList();
        }
    }

    List<byte[]> known() {
        return known;
    }

    byte[] neighbour() {
        byte[] input = pick().clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(12));
        return switch (random.nextInt(5)) {
            case 0 -> joined(Arrays.copyOf(input, at), piece(), Arrays.copyOfRange(input, at, input.length));
            case 1 -> joined(Arrays.copyOf(input, at), piece(), Arrays.copyOfRange(input, to, input.length));
            case 2 -> joined(Arrays.copyOf(input, at), Arrays.copyOfRange(input, to, input.length));
            case 3 -> joined(Arrays.copyOf(input, to), Arrays.copyOfRange(input, at, input.length));
            default -> {
                byte[] other = pick();
                int from = random.nextInt(other.length + 1);
                yield joined(Arrays.copyOf(input, at), Arrays.copyOfRange(other, from, other.length));
            }
        };
    }

    private byte[] piece() {
        if (random.nextInt(4) == 0) {
            byte[] bytes = new byte[1 + random.nextInt(3)];
            random.nextBytes(bytes);
            return bytes;
        }
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] pick() {
        return known.get(random.nextInt(known.size()));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
