package org.habeas.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of PostgreSQL's, run to its end as the server's account. */
record Command(Account account, Path folder) {
    record Result(int code, String said) {
        boolean failed() {
            return code != 0;
        }

        String lastLine() {
            List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "exit code " + code : lines.get(lines.size() - 1);
        }
    }

    Result run(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(account.command(words))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        // the caller's own PGDATA, PGPORT or PGHOST would lead the programs elsewhere
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            return new Result(-1, "interrupted");
        }
    }
}
