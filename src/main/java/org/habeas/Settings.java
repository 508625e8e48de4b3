package org.habeas;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.habeas.problem.StartFailure;

/** The variables that a person sets, read before anything starts; every mistake is told at once, never a secret's value. */
final class Settings {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final UnaryOperator<String> environment;
    private final List<String> mistakes = new ArrayList<>();

    /** {@code environment} gives a variable's value, or null. */
    Settings(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** The environment, and system properties of the same meaning, as Quarkus reads them. */
    static Settings ofThisProcess() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addSystemSources()
                .addDefaultInterceptors()
                .build();
        return new Settings(variable -> {
            String property = property(variable);
            return config.getConfigValue(property).getValue();
        });
    }

    /** {@code HABEAS_WORK_EVERY} is {@code habeas.work-every}, {@code QUARKUS_HTTP_PORT} is {@code quarkus.http.port}. */
    static String property(String variable) {
        String name = variable.toLowerCase(Locale.ROOT);
        if (name.startsWith("habeas_")) {
            return "habeas." + name.substring("habeas_".length()).replace('_', '-');
        }
        return name.replace("auth_server_url", "auth-server-url")
                .replace("client_id", "client-id")
                .replace('_', '.');
    }

    /** Stops with all mistakes found, if there are any. */
    void check() {
        if (!mistakes.isEmpty()) {
            throw new StartFailure(String.join(System.lineSeparator(), mistakes));
        }
    }

    /** What is empty counts as not given. */
    Optional<String> text(String variable) {
        return Optional.ofNullable(environment.apply(variable))
                .map(String::strip)
                .filter(v -> !v.isEmpty());
    }

    Path folder(String variable, String otherwise) {
        String value = text(variable).orElse(otherwise);
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            mistake(variable, value, "a path");
            return Path.of(otherwise);
        }
    }

    Optional<Path> existingFolder(String variable) {
        Optional<Path> folder = text(variable).map(v -> folder(variable, v));
        folder.filter(f -> !Files.isDirectory(f))
                .ifPresent(f -> mistake(variable, f.toString(), "a folder that is there"));
        return folder;
    }

    /** Both {@code PT1S} and {@code 1s}; handed on in the first form. */
    Duration duration(String variable, String otherwise, Duration shortest) {
        String value = text(variable).orElse(otherwise);
        Optional<Duration> duration =
                parsed(value).filter(d -> d.compareTo(shortest) >= 0 && d.compareTo(LONGEST) <= 0);
        if (duration.isEmpty()) {
            mistake(
                    variable,
                    value,
                    "a duration from " + shortest + " to " + LONGEST + ", such as PT1S, 1s, 90m, PT72H");
        }
        return duration.orElse(shortest);
    }

    /** So many in such a time: {@code 100/PT1H}. */
    String limit(String variable, String otherwise) {
        String value = text(variable).orElse(otherwise);
        String[] parts = value.split("/", -1);
        Optional<Duration> per = parts.length == 2
                ? parsed(parts[1].strip())
                        .filter(d -> d.compareTo(Duration.ofSeconds(1)) >= 0 && d.compareTo(LONGEST) <= 0)
                : Optional.empty();
        if (per.isEmpty() || !parts[0].strip().matches("0*[1-9][0-9]{0,8}")) {
            mistake(variable, value, "a number and a duration of a second or more, such as 100/PT1H or 5/10m");
            return otherwise;
        }
        return Integer.parseInt(parts[0].strip()) + "/" + per.get();
    }

    int port(String variable, int otherwise) {
        String value = text(variable).orElse(String.valueOf(otherwise));
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            mistake(variable, value, "a port from 1 to 65535, or 0 for any that is free");
            return otherwise;
        }
        return Integer.parseInt(value);
    }

    /** Another machine's name or address with a port, such as {@code clamd:3310}. */
    Optional<String> hostAndPort(String variable) {
        Optional<String> value = text(variable);
        value.filter(v -> !v.matches("[A-Za-z0-9.-]+:[0-9]{1,5}") || !isPort(v.substring(v.indexOf(':') + 1)))
                .ifPresent(v -> mistake(variable, v, "HOST:PORT, such as clamd:3310"));
        return value;
    }

    Optional<String> webAddress(String variable) {
        Optional<String> value = text(variable);
        value.filter(v -> !isWebAddress(v))
                .ifPresent(v -> mistake(variable, withoutSecrets(v), "an address such as https://rights.example.org"));
        return value.map(v -> v.replaceAll("/+$", ""));
    }

    Optional<String> databaseUrl(String variable) {
        Optional<String> value = text(variable);
        value.filter(v -> !v.matches("jdbc:(otel:)?postgresql:.+"))
                .ifPresent(v -> mistake(
                        variable,
                        withoutSecrets(v),
                        "a PostgreSQL address such as jdbc:postgresql://HOST:PORT/DATABASE"));
        return value;
    }

    /** The addresses to listen on, as this machine resolves the name. */
    List<InetAddress> host(String variable, String otherwise) {
        String value = text(variable).orElse(otherwise);
        try {
            return List.of(InetAddress.getAllByName(value));
        } catch (UnknownHostException e) {
            mistake(variable, value, "an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0");
            return List.of(InetAddress.getLoopbackAddress());
        }
    }

    /** A secret: no message shows it. */
    Optional<String> secret(String variable) {
        Optional<String> value =
                Optional.ofNullable(environment.apply(variable)).filter(v -> !v.isBlank());
        value.filter(v -> v.chars().anyMatch(Character::isISOControl))
                .ifPresent(v -> mistake(variable, "(not shown)", "text without control characters"));
        return value;
    }

    void mistake(String variable, String value, String allowed) {
        String shown = value.replaceAll("\\p{Cntrl}", "?");
        mistakes.add(variable + "=" + shown + " is not possible; allowed is " + allowed);
    }

    /** Something that does not fit although each value alone is possible. */
    void conflict(String line) {
        mistakes.add(line);
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 65535;
    }

    private static Optional<Duration> parsed(String value) {
        try {
            return value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(DurationConverter.parseDuration(
                            value.toUpperCase(Locale.ROOT).startsWith("P")
                                    ? value.toUpperCase(Locale.ROOT)
                                    : value.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static boolean isWebAddress(String value) {
        try {
            URI uri = new URI(value);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** An address may carry a password before the @ or as a parameter. */
    static String withoutSecrets(String address) {
        return address.replaceAll("//[^/@]*@", "//***@").replaceAll("(?i)(password|secret)=[^&]*", "$1=***");
    }
}
