package org.habeas;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.outbox.Mail;
import org.habeas.problem.SecurityEvent;

/**
 * The settings as they hold for this start, checked. {@code properties} is what Quarkus is told beside the environment;
 * {@code database} is the outside one, {@code provider} the OpenID Connect provider, {@code dataMap} the folder named.
 */
record StartPlan(
        Path home,
        List<InetAddress> addresses,
        String host,
        int port,
        Optional<String> publicUrl,
        Optional<OutsideDatabase> database,
        Optional<String> provider,
        Optional<String> localPassword,
        Optional<Path> dataMap,
        boolean mail,
        Map<String, String> properties) {

    private static final Duration NOTHING = Duration.ZERO;
    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** Reads and checks everything, and stops with a line for each mistake. */
    static StartPlan of(Settings settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        Optional<OutsideDatabase> database = OutsideDatabase.of(settings);
        Optional<Path> dataMap = settings.existingFolder("HABEAS_DATA_MAP");
        boolean demonstration = database.isEmpty() && dataMap.isEmpty();
        times(settings, demonstration, properties);
        Map.of(
                        "HABEAS_LIMIT_PER_CLIENT", "100/PT1H",
                        "HABEAS_LIMIT_PER_ADDRESS", "5/PT1H",
                        "HABEAS_LIMIT_TOTAL", "40000/PT1H")
                .forEach((variable, otherwise) ->
                        properties.put(Settings.property(variable), settings.limit(variable, otherwise)));
        properties.put("habeas.notice-rate", settings.limit("HABEAS_NOTICE_RATE", "600/PT1M"));
        settings.secret("HABEAS_BOUNCE_TOKEN");
        mail(settings);
        people(settings, properties);
        anchors(settings, properties);
        traces(settings, properties);
        security(settings, properties);
        settings.hostAndPort("HABEAS_CLAMD");
        StartPlan plan = new StartPlan(
                settings.folder("HABEAS_HOME", "data"),
                settings.host("QUARKUS_HTTP_HOST", "127.0.0.1"),
                settings.text("QUARKUS_HTTP_HOST").orElse("127.0.0.1"),
                settings.port("QUARKUS_HTTP_PORT", 8080),
                settings.webAddress("HABEAS_PUBLIC_URL"),
                database,
                provider(settings),
                settings.secret("HABEAS_LOCAL_PASSWORD"),
                dataMap,
                settings.text("QUARKUS_MAILER_HOST").isPresent(),
                properties);
        plan.refuseLocalAccountsElsewhere(settings);
        settings.check();
        return plan;
    }

    /** Whether the invented organisation is loaded. */
    boolean demonstration() {
        return database.isEmpty() && dataMap.isEmpty();
    }

    private static void times(Settings settings, boolean demonstration, Map<String, String> properties) {
        put(settings, properties, "HABEAS_WORK_EVERY", "PT1S", SHORTEST);
        put(settings, properties, "HABEAS_RETENTION_EVERY", "PT1H", SHORTEST);
        put(settings, properties, "HABEAS_COOLING_OFF", demonstration ? "PT0S" : "PT72H", NOTHING);
        put(settings, properties, "HABEAS_CHECKPOINT_EVERY", "PT60S", SHORTEST);
    }

    private static void put(
            Settings settings, Map<String, String> properties, String variable, String otherwise, Duration shortest) {
        properties.put(
                Settings.property(variable),
                settings.duration(variable, otherwise, shortest).toString());
    }

    private static void mail(Settings settings) {
        if (settings.text("QUARKUS_MAILER_HOST").isPresent()) {
            settings.port("QUARKUS_MAILER_PORT", 25);
        }
    }

    /** Where people, not staff, may sign in to their own requests. */
    private static void people(Settings settings, Map<String, String> properties) {
        Optional<String> provider = settings.webAddress("QUARKUS_OIDC_PEOPLE_AUTH_SERVER_URL");
        if (provider.isPresent()
                && settings.text("QUARKUS_OIDC_PEOPLE_CLIENT_ID").isEmpty()) {
            settings.conflict(
                    "QUARKUS_OIDC_PEOPLE_CLIENT_ID is not set; with QUARKUS_OIDC_PEOPLE_AUTH_SERVER_URL it must"
                            + " name the client that the provider knows the portal by");
        }
        properties.put("quarkus.oidc.people.tenant-enabled", String.valueOf(provider.isPresent()));
    }

    /** Where signed heads go, outside the operator's hands. */
    private static void anchors(Settings settings, Map<String, String> properties) {
        settings.existingFolder("HABEAS_ANCHOR_FOLDER");
        settings.text("HABEAS_ANCHOR_MAIL")
                .filter(address -> !Mail.deliverable(address))
                .ifPresent(address -> settings.mistake("HABEAS_ANCHOR_MAIL", address, "one e-mail address"));
        settings.webAddress("HABEAS_ANCHOR_WEBHOOK");
        put(settings, properties, "HABEAS_ANCHOR_MAIL_EVERY", "PT24H", SHORTEST);
    }

    /** Where traces go; none are made where no collector is named. */
    private static void traces(Settings settings, Map<String, String> properties) {
        boolean none =
                settings.webAddress("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT").isEmpty();
        properties.put("quarkus.otel.sdk.disabled", String.valueOf(none));
    }

    /** More security events of a kind than its rate allows are told, to a mailbox or an address. */
    private static void security(Settings settings, Map<String, String> properties) {
        properties.put("habeas.security-alarm", settings.limit("HABEAS_SECURITY_ALARM", "50/PT10M"));
        for (SecurityEvent.Kind kind : SecurityEvent.Kind.values()) {
            String variable = "HABEAS_SECURITY_ALARM_" + kind.name();
            if (settings.text(variable).isPresent()) {
                properties.put(Settings.property(variable), settings.limit(variable, "50/PT10M"));
            }
        }
        settings.text("HABEAS_SECURITY_MAIL")
                .filter(address -> !Mail.deliverable(address))
                .ifPresent(address -> settings.mistake("HABEAS_SECURITY_MAIL", address, "one e-mail address"));
        settings.webAddress("HABEAS_SECURITY_WEBHOOK");
    }

    private static Optional<String> provider(Settings settings) {
        Optional<String> provider = settings.webAddress("QUARKUS_OIDC_AUTH_SERVER_URL");
        if (provider.isPresent() && settings.text("QUARKUS_OIDC_CLIENT_ID").isEmpty()) {
            settings.conflict("QUARKUS_OIDC_CLIENT_ID is not set; with QUARKUS_OIDC_AUTH_SERVER_URL it must name the"
                    + " client that the provider knows the portal by");
        }
        return provider;
    }

    /** Local accounts share one password and have no second factor: they never leave this machine. */
    private void refuseLocalAccountsElsewhere(Settings settings) {
        boolean loopback = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        if (!loopback && provider.isEmpty()) {
            settings.conflict("QUARKUS_HTTP_HOST=" + host + " is not possible with local accounts, which share one"
                    + " password; allowed is a loopback address such as 127.0.0.1, or any address once"
                    + " QUARKUS_OIDC_AUTH_SERVER_URL names a provider for sign-in");
        }
    }
}
