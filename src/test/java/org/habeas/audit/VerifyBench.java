package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.habeas.actor.Actor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million entries verified by one core in a process of its own, its start included. */
@Tag("bench")
class VerifyBench {
    private static final int ENTRIES = 1_000_000;

    @Test
    void aMillionEntriesInFiveSeconds(@TempDir Path folder) throws Exception {
        Path bundle = bundle(folder.resolve("bundle.zip"));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            command.addAll(List.of("taskset", "-c", "0"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.habeas.Main",
                "verify",
                bundle.toString()));
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            long started = System.nanoTime();
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            best = took.compareTo(best) < 0 ? took : best;
            System.out.printf(
                    "verify of %d entries (%d MB) on one core: %s%n", ENTRIES, Files.size(bundle) >> 20, took);
        }
        assertTrue(best.toMillis() <= 5_000, best::toString);
    }

    private static Path bundle(Path file) throws IOException {
        SigningKey key = SigningKey.generate(MemoryBundle.ORIGIN);
        GrowingTree tree = GrowingTree.silent();
        TreeHasher hasher = new TreeHasher();
        ByteArrayOutputStream leaves = new ByteArrayOutputStream(ENTRIES * Hash.BYTES);
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry(BundleFiles.ENTRIES));
            for (int i = 0; i < ENTRIES; i++) {
                Act act = Act.of("request.touched", Actor.system("bench"))
                        .about(new UUID(7, i))
                        .fact("rows", i)
                        .fact("rule", "no-bookkeeping");
                byte[] line = new Entry(
                                new UUID(i * 0x9E3779B97F4A7C15L, i),
                                HistoryDatabase.NOON.plusSeconds(i),
                                "officer:0123456789abcdefghijkl",
                                act,
                                Optional.empty())
                        .bytes();
                zip.write(line);
                zip.write('\n');
                Hash leaf = hasher.leaf(line);
                tree.append(leaf);
                leaves.writeBytes(leaf.bytes());
            }
            put(zip, BundleFiles.LEAVES, leaves.toByteArray());
            Checkpoint head = new Checkpoint(MemoryBundle.ORIGIN, ENTRIES, tree.root());
            put(
                    zip,
                    BundleFiles.CHECKPOINT,
                    SignedNote.sign(head.text(), key).toString().getBytes(StandardCharsets.UTF_8));
            put(zip, BundleFiles.PUBLIC_KEY, key.verifier().toString().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }
}
