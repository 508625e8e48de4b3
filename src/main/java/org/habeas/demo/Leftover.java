package org.habeas.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a killed portal leaves: its server still running, or the note of a server whose number another process has now. */
final class Leftover {
    private final Path data;
    private final Path programs;

    /** {@code programs} is the folder under which every PostgreSQL of ours was unpacked. */
    Leftover(Path data, Path programs) {
        this.data = data;
        this.programs = programs;
    }

    /** The server that still runs on the data; a note that names a process of another kind is removed. */
    Optional<ProcessHandle> server() throws IOException {
        Path note = data.resolve("postmaster.pid");
        Optional<ProcessHandle> process = noted(note).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            // PostgreSQL itself removes it, after looking for children of the dead server
            return Optional.empty();
        }
        // a server of ours shows its program to whoever may start another; a dead one that nobody buried shows none
        Optional<String> program = process.get().info().command();
        if (program.isPresent() && ours(Path.of(program.get()))) {
            return process;
        }
        Files.delete(note);
        return Optional.empty();
    }

    private static Optional<ProcessHandle> noted(Path note) throws IOException {
        if (Files.notExists(note)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(note);
        try {
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // a crash while it was written: PostgreSQL would stop at it
            Files.delete(note);
            return Optional.empty();
        }
    }

    private boolean ours(Path program) throws IOException {
        return program.startsWith(programs.toRealPath()) && program.endsWith(Path.of("bin", "postgres"));
    }
}
