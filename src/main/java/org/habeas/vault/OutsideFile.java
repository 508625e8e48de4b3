package org.habeas.vault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Lines of JSON that are only ever added at the end, each on the disk before the next; the oldest may be let go. */
final class OutsideFile {
    private static final JsonMapper JSON = new JsonMapper();

    private static final int LINES_AT_ONCE = 100;

    private final Path file;

    OutsideFile(Path file) {
        this.file = file;
    }

    /** A line as it lies there: what was remembered is sealed. */
    record Sealed(long line, UUID id, String at, String kind, byte[] sealed) {}

    /** Adds lines; when this returns they are on the disk. A line that a crash left half written goes first. */
    void add(List<Sealed> lines) {
        try {
            create();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
                channel.truncate(whole(channel));
                channel.position(channel.size());
                for (Sealed line : lines) {
                    ByteBuffer bytes =
                            ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last whole line. */
    Optional<Sealed> last() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long end = whole(bytes.getChannel());
            if (end == 0) {
                return Optional.empty();
            }
            long start = after(bytes.getChannel(), end - 1);
            byte[] line = new byte[(int) (end - start)];
            bytes.seek(start);
            bytes.readFully(line);
            return Optional.of(JSON.readValue(line, Sealed.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands over the lines in order until {@code lines} returns false. */
    void each(Predicate<Sealed> lines) {
        if (!Files.exists(file)) {
            return;
        }
        long last = last().map(Sealed::line).orElse(0L);
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Sealed line;
            do {
                String text = last == 0 ? null : reader.readLine();
                line = text == null ? null : JSON.readValue(text, Sealed.class);
            } while (line != null && lines.test(line) && line.line() < last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go of what is older, but never of the last line, which says how far the file has come. */
    void forget(Instant before) {
        if (!Files.exists(file)) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        long last = last().map(Sealed::line).orElse(0L);
        boolean[] any = {false};
        try {
            Files.deleteIfExists(fresh);
            OutsideFile kept = new OutsideFile(fresh);
            List<Sealed> some = new ArrayList<>();
            each(line -> {
                boolean keep = line.line() == last || !Instant.parse(line.at()).isBefore(before);
                any[0] |= !keep;
                if (any[0] && keep) {
                    some.add(line);
                }
                if (some.size() == LINES_AT_ONCE) {
                    kept.add(some);
                    some.clear();
                }
                // the lines are in order: where the first one stays all do
                return any[0];
            });
            if (any[0]) {
                kept.add(some);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.getParent());
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** Where the last whole line ends. */
    private static long whole(FileChannel channel) throws IOException {
        return after(channel, channel.size());
    }

    /** The place after the last line end before this one; 0 where there is none. */
    private static long after(FileChannel channel, long before) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(8192);
        long end = before;
        while (end > 0) {
            long start = Math.max(0, end - block.capacity());
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
                // until the block is read
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
