package org.habeas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The built portal as a process of its own, on a free port, with the local accounts' password {@code test}: to be measured, and
 * to be killed. The jar is built first where it is missing or older than the classes.
 */
public final class PortalProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern READY = Pattern.compile("Habeas is ready: (\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final URI address;
    private final Duration startedIn;

    private PortalProcess(Process process, Path log, long begun, Map<String, String> environment) {
        this.process = process;
        this.log = log;
        URI said = waitForAddress();
        // a portal behind a proxy says the proxy's address; its own is the port that it was given
        this.address = environment.containsKey("HABEAS_PUBLIC_URL")
                ? URI.create("http://127.0.0.1:" + environment.get("QUARKUS_HTTP_PORT"))
                : said;
        waitUntilReady();
        this.startedIn = Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Starts it on this home with these environment variables and options of the JVM, and waits until it is ready. */
    public static PortalProcess start(Path home, Map<String, String> environment, String... options) {
        Path log = home.resolveSibling(home.getFileName() + "-" + System.nanoTime() + ".log");
        long begun = System.nanoTime();
        return new PortalProcess(launch(home, environment, log, options), log, begun, environment);
    }

    /** The process alone, which may refuse to start; what it says goes to {@code log}. */
    public static Process launch(Path home, Map<String, String> environment, Path log, String... options) {
        try {
            Path jar = jar();
            Files.createDirectories(home.toAbsolutePath().getParent());
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(options));
            command.addAll(List.of("-jar", jar.toString()));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.matches("(HABEAS|QUARKUS)_.*"));
            builder.environment().put("HABEAS_HOME", home.toAbsolutePath().toString());
            builder.environment().put("HABEAS_LOCAL_PASSWORD", "test");
            builder.environment().put("QUARKUS_HTTP_PORT", "0");
            builder.environment().putAll(environment);
            Process process = builder.start();
            // also when the tests are broken off
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** From the start of the process to the first answer that it is ready. */
    public Duration startedIn() {
        return startedIn;
    }

    /** All it has written to its console. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory that the process holds now, in MB (10^6 bytes), as the kernel counts it: VmRSS, or VmHWM for the most so far. */
    public long megabytes(String counter) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                            .filter(line -> line.startsWith(counter + ":"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                            .findFirst()
                            .orElseThrow()
                    / 1_000_000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL: it gets no chance to finish anything. An embedded database lives on; the next start takes it over. */
    public void kill() {
        process.destroyForcibly();
        end();
    }

    /** SIGTERM, as an operator would; the exit code. Nothing may keep it from stopping by itself. */
    public int stop() {
        process.destroy();
        int code = end();
        if (log().contains("Timed out waiting for graceful shutdown")) {
            throw new AssertionError("the portal had to be stopped by its time-out:\n" + log());
        }
        return code;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private int end() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the portal does not stop:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI waitForAddress() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher ready = READY.matcher(log());
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
            pause();
        }
        process.destroyForcibly();
        throw new AssertionError("the portal does not start:\n" + log());
    }

    private void waitUntilReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready =
                HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            pause();
        }
        process.destroyForcibly();
        throw new AssertionError("the portal is not ready:\n" + log());
    }

    private static synchronized Path jar() {
        try {
            if (Files.notExists(JAR)
                    || Files.getLastModifiedTime(JAR).compareTo(newest(Path.of("target/classes"))) < 0) {
                // the tests run before the jar is made
                int built = new ProcessBuilder("mvn", "-q", "-B", "package", "-DskipTests")
                        .inheritIO()
                        .start()
                        .waitFor();
                if (built != 0) {
                    throw new AssertionError("the portal could not be built: mvn package -DskipTests");
                }
            }
            return JAR;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileTime newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<FileTime> times = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.add(Files.getLastModifiedTime(file));
            }
            return times.stream().max(FileTime::compareTo).orElseThrow();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
