package org.habeas;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.habeas.problem.StartFailure;

/** The database that the environment names; tried before the portal starts, so that a wrong one is told in one line. */
record OutsideDatabase(String url, Optional<String> user, Optional<String> password) {
    private static final int OLDEST = 15;
    private static final String SECONDS = "15";

    static Optional<OutsideDatabase> of(Settings settings) {
        return settings.databaseUrl("QUARKUS_DATASOURCE_JDBC_URL")
                .map(url -> new OutsideDatabase(
                        url,
                        settings.text("QUARKUS_DATASOURCE_USERNAME"),
                        settings.secret("QUARKUS_DATASOURCE_PASSWORD")));
    }

    void check() {
        Properties properties = new Properties();
        user.ifPresent(u -> properties.setProperty("user", u));
        password.ifPresent(p -> properties.setProperty("password", p));
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw failure("is PostgreSQL " + version + "; allowed is " + OLDEST + " or newer");
            }
        } catch (SQLException e) {
            throw failure(
                    "cannot be used: " + e.getMessage().lines().findFirst().orElse("no reason given"));
        }
    }

    private StartFailure failure(String why) {
        return new StartFailure("QUARKUS_DATASOURCE_JDBC_URL=" + Settings.withoutSecrets(url) + " " + why);
    }

    /** Never prints the password, which the address may hold too. */
    @Override
    public String toString() {
        return "OutsideDatabase[" + Settings.withoutSecrets(url) + "]";
    }
}
