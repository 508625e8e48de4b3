package org.habeas.site;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * What the portal leans on, part by part, at {@code /q/health/well}. None of it makes the portal unready: people can ask while a
 * mail server or a system is away. The bounds are the alarms of docs/operations.md.
 */
@ApplicationScoped
class Leanings {
    private static final long WORK_SECONDS = 300;
    private static final long MAIL_SECONDS = 900;
    private static final long HISTORY_WAITING = 10_000;
    private static final long CLOCK_SECONDS = 60;

    private final OperatorFigures figures;
    private final Path home;
    private final boolean mailServer;

    Leanings(OperatorFigures figures, @ConfigProperty(name = "habeas.home") Path home, Config config) {
        this.figures = figures;
        this.home = home;
        // Quarkus has a default for the host: only one that somebody wrote counts
        this.mailServer = config.getConfigValue("quarkus.mailer.host").getSourceOrdinal() > Integer.MIN_VALUE;
    }

    @Produces
    @ApplicationScoped
    @Wellness
    HealthCheck work() {
        return () -> within("Work is picked up", OperatorFigures.OLDEST_WORK, WORK_SECONDS);
    }

    @Produces
    @ApplicationScoped
    @Wellness
    HealthCheck mail() {
        return () -> mailServer
                ? within("Mail leaves", OperatorFigures.OLDEST_MAIL, MAIL_SECONDS)
                : HealthCheckResponse.named("Mail leaves")
                        .withData("server", "none")
                        .up()
                        .build();
    }

    @Produces
    @ApplicationScoped
    @Wellness
    HealthCheck history() {
        return () -> within("The history is put in order", OperatorFigures.HISTORY_WAITING, HISTORY_WAITING);
    }

    @Produces
    @ApplicationScoped
    @Wellness
    HealthCheck folder() {
        return () -> HealthCheckResponse.named("HABEAS_HOME can be written to")
                .status(writable())
                .build();
    }

    @Produces
    @ApplicationScoped
    @Wellness
    HealthCheck clock() {
        return () -> {
            double ahead = figures.clockDifference();
            return HealthCheckResponse.named("This machine's clock agrees with the database's")
                    .withData(OperatorFigures.CLOCK_DIFFERENCE, Math.round(ahead))
                    .status(Math.abs(ahead) <= CLOCK_SECONDS)
                    .build();
        };
    }

    @Produces
    @ApplicationScoped
    @Wellness
    HealthCheck systems() {
        return () -> {
            Map<String, Long> failing = figures.failing();
            var response =
                    HealthCheckResponse.named("Systems of the data map answer").status(failing.isEmpty());
            failing.forEach(response::withData);
            return response.build();
        };
    }

    private HealthCheckResponse within(String name, String figure, long most) {
        double value = figures.value(figure);
        var response = HealthCheckResponse.named(name).status(value <= most);
        return (Double.isNaN(value) ? response : response.withData(figure, Math.round(value))).build();
    }

    private boolean writable() {
        try {
            Files.delete(Files.write(Files.createTempFile(home, "write", ".probe"), new byte[1024]));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
