package org.habeas;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Finding;
import org.habeas.datamap.Loaded;
import org.habeas.demo.Demonstration;
import org.habeas.demo.EmbeddedPostgres;
import org.habeas.demo.Home;
import org.habeas.demo.Ports;
import org.habeas.problem.StartFailure;

/** What the portal needs around it while it runs: a port, a folder, a database; Quarkus learns of it by properties. */
final class Surroundings implements AutoCloseable {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final StartPlan plan;
    private final Home home;
    private final Map<String, String> before = new HashMap<>();
    private Optional<Closeable> lock = Optional.empty();
    private Optional<EmbeddedPostgres> postgres = Optional.empty();
    private String publicUrl = "";
    private String password = "";

    private Surroundings(StartPlan plan) {
        this.plan = plan;
        this.home = Home.at(plan.home());
    }

    static Surroundings prepare(StartPlan plan) {
        int port = freePort(plan);
        Surroundings surroundings = new Surroundings(plan);
        try {
            surroundings.settle(port);
            return surroundings;
        } catch (RuntimeException e) {
            surroundings.close();
            throw e;
        }
    }

    private void settle(int port) {
        plan.dataMap().ifPresent(Surroundings::check);
        plan.database().ifPresent(OutsideDatabase::check);
        plan.properties().forEach(this::property);
        property("habeas.home", home.path().toString());
        property("habeas.session-key", home.secret("session-key", () -> random(43)));
        property("quarkus.http.host", plan.host());
        property("quarkus.http.port", String.valueOf(port));
        publicUrl = plan.publicUrl().orElse("http://" + bracketed(plan.host()) + ":" + port);
        property("habeas.public-url", publicUrl);
        overTls(publicUrl.startsWith("https://"));
        property("quarkus.oidc.tenant-enabled", String.valueOf(plan.provider().isPresent()));
        if (plan.provider().isEmpty()) {
            password = plan.localPassword().orElseGet(() -> home.secret("local-password", () -> random(16)));
            property("habeas.local-password", password);
        }
        if (plan.database().isEmpty()) {
            startDatabase();
        }
        dataMap();
    }

    /** Behind TLS the form token's cookie belongs to this host alone (RFC 6265bis section 4.1.3.2). */
    private void overTls(boolean encrypted) {
        if (encrypted) {
            property("quarkus.rest-csrf.cookie-name", "__Host-csrf");
            property("quarkus.rest-csrf.cookie-force-secure", "true");
            for (String tenant : List.of("quarkus.oidc.", "quarkus.oidc.people.")) {
                property(tenant + "authentication.cookie-force-secure", "true");
                property(tenant + "authentication.force-redirect-https-scheme", "true");
            }
        }
        // addresses that cannot be read are answered by us, with a body, and not by the server below
        property("vertx.disableURIValidation", "true");
    }

    private void startDatabase() {
        lock = Optional.of(home.lock());
        EmbeddedPostgres server = EmbeddedPostgres.start(home);
        postgres = Optional.of(server);
        try {
            server.database("habeas", "habeas");
            if (plan.demonstration()) {
                Demonstration.load(server, LocalDate.now(Clock.systemDefaultZone()));
            }
        } catch (SQLException e) {
            throw new StartFailure(home + ": its database cannot be used: " + e.getMessage());
        }
        property("quarkus.datasource.jdbc.url", server.url("habeas"));
        property("quarkus.datasource.username", "habeas");
        property("quarkus.datasource.password", server.password("habeas"));
    }

    private void dataMap() {
        var folder = plan.dataMap().orElseGet(() -> Demonstration.writeMap(home, postgres));
        property("habeas.data-map", folder.toAbsolutePath().toString());
    }

    /** A map with mistakes is told before anything starts, all of them at once. */
    private static void check(Path folder) {
        Loaded loaded = DataMapLoader.ofProcess().load(folder);
        if (!loaded.ok()) {
            throw new StartFailure(loaded.errors().stream()
                    .map(Finding::toString)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }

    /** Said once, when the portal answers. */
    String greeting() {
        return Welcome.text(plan, home, publicUrl, password);
    }

    private void property(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name, ""));
        System.setProperty(name, value);
    }

    /** Fails early, before a database is started for nothing. */
    private static int freePort(StartPlan plan) {
        try {
            int port = plan.port() == 0 ? Ports.free() : plan.port();
            for (InetAddress address : plan.addresses()) {
                try (ServerSocket socket = new ServerSocket()) {
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(address, port));
                }
            }
            return port;
        } catch (IOException e) {
            throw new StartFailure("QUARKUS_HTTP_HOST=" + plan.host() + " and QUARKUS_HTTP_PORT=" + plan.port()
                    + " cannot be listened on: " + e.getMessage()
                    + "; allowed is an address of this machine and a port that no other program uses");
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String random(int length) {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    @Override
    public void close() {
        postgres.ifPresent(EmbeddedPostgres::close);
        lock.ifPresent(Surroundings::release);
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private static void release(Closeable lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
