package org.habeas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.habeas.problem.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartPlanTest {
    private static final String PROVIDER = "QUARKUS_OIDC_AUTH_SERVER_URL";

    @Test
    void nothingSetIsTheDemonstrationOnThisMachine() {
        StartPlan plan = plan(Map.of());
        assertTrue(plan.demonstration());
        assertEquals("127.0.0.1", plan.host());
        assertEquals(8080, plan.port());
        assertEquals("PT0S", plan.properties().get("habeas.cooling-off"));
        assertEquals("100/PT1H", plan.properties().get("habeas.limit-per-client"));
    }

    @Test
    void anEmptyValueIsNotSet() {
        assertTrue(plan(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "", "HABEAS_WORK_EVERY", " ", "HABEAS_DATA_MAP", ""))
                .demonstration());
    }

    @Test
    void anOutsideDatabaseBringsNoDemonstration() {
        StartPlan plan = plan(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db.example.org/habeas"));
        assertFalse(plan.demonstration());
        assertEquals("PT72H", plan.properties().get("habeas.cooling-off"));
    }

    @ParameterizedTest
    @CsvSource({
        "HABEAS_WORK_EVERY, 1s, PT1S",
        "HABEAS_WORK_EVERY, 200ms, PT0.2S",
        "HABEAS_RETENTION_EVERY, 1h, PT1H",
        "HABEAS_RETENTION_EVERY, pt30m, PT30M",
        "HABEAS_CHECKPOINT_EVERY, PT1S, PT1S",
        "HABEAS_COOLING_OFF, PT0S, PT0S",
        "HABEAS_COOLING_OFF, 0s, PT0S",
        "HABEAS_COOLING_OFF, P3D, PT72H",
        "HABEAS_LIMIT_PER_CLIENT, 3/10m, 3/PT10M",
        "HABEAS_LIMIT_PER_ADDRESS, 100000/PT1S, 100000/PT1S"
    })
    void bothFormsOfADurationAreOne(String variable, String value, String read) {
        assertEquals(read, plan(Map.of(variable, value)).properties().get(Settings.property(variable)));
    }

    @ParameterizedTest
    @CsvSource({
        "HABEAS_WORK_EVERY, 0s",
        "HABEAS_WORK_EVERY, -1s",
        "HABEAS_WORK_EVERY, soon",
        "HABEAS_WORK_EVERY, P",
        "HABEAS_RETENTION_EVERY, PT999999999H",
        "HABEAS_RETENTION_EVERY, 99999999999999999999s",
        "HABEAS_COOLING_OFF, 3 days",
        "HABEAS_COOLING_OFF, PT-1S",
        "HABEAS_CHECKPOINT_EVERY, 1x",
        "HABEAS_LIMIT_PER_CLIENT, 100",
        "HABEAS_LIMIT_PER_CLIENT, 0/PT1H",
        "HABEAS_LIMIT_PER_CLIENT, -5/PT1H",
        "HABEAS_LIMIT_PER_ADDRESS, 5/",
        "HABEAS_LIMIT_PER_ADDRESS, 5/PT0S",
        "HABEAS_LIMIT_PER_ADDRESS, 5/PT1H/PT1H",
        "HABEAS_PUBLIC_URL, rights.example.org",
        "HABEAS_PUBLIC_URL, ftp://rights.example.org",
        "HABEAS_PUBLIC_URL, https://",
        "HABEAS_DATA_MAP, /no/such/folder",
        "QUARKUS_HTTP_PORT, 65536",
        "QUARKUS_HTTP_PORT, http",
        "QUARKUS_HTTP_HOST, no.such.host.invalid",
        "QUARKUS_HTTP_HOST, 0.0.0.0",
        "QUARKUS_HTTP_HOST, ::",
        "QUARKUS_DATASOURCE_JDBC_URL, jdbc:mysql://db/habeas",
        "QUARKUS_OIDC_AUTH_SERVER_URL, keycloak",
        "HABEAS_CLAMD, clamd",
        "HABEAS_CLAMD, clamd:0",
        "HABEAS_CLAMD, clamd:65536",
        "HABEAS_CLAMD, http://clamd:3310"
    })
    void aBadValueIsNamedWithWhatIsAllowed(String variable, String value) {
        String told = refused(Map.of(variable, value, "QUARKUS_OIDC_CLIENT_ID", "habeas"));
        assertEquals(1, told.lines().count(), told);
        assertTrue(told.startsWith(variable + "=" + value + " ") && told.contains("allowed is"), told);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertEquals(
                2,
                refused(Map.of("HABEAS_WORK_EVERY", "x", "QUARKUS_HTTP_PORT", "y"))
                        .lines()
                        .count());
    }

    @Test
    void aSecretIsNeverShown() {
        assertFalse(refused(Map.of("HABEAS_LOCAL_PASSWORD", "hunter2\u0007")).contains("hunter2"));
        assertFalse(refused(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:mysql://db/x?password=hunter2"))
                .contains("hunter2"));
        assertFalse(refused(Map.of("HABEAS_PUBLIC_URL", "https://me:hunter2@example.org"))
                .contains("hunter2"));
    }

    @Test
    void anyAddressMayBeListenedOnOnceAProviderIsNamed() {
        Map<String, String> environment = Map.of(
                "QUARKUS_HTTP_HOST", "0.0.0.0", PROVIDER, "https://id.example.org", "QUARKUS_OIDC_CLIENT_ID", "h");
        assertEquals("0.0.0.0", plan(environment).host());
        assertTrue(refused(Map.of(PROVIDER, "https://id.example.org")).startsWith("QUARKUS_OIDC_CLIENT_ID is not set"));
    }

    private static StartPlan plan(Map<String, String> environment) {
        return StartPlan.of(new Settings(environment::get));
    }

    private static String refused(Map<String, String> environment) {
        return assertThrows(StartFailure.class, () -> plan(environment)).getMessage();
    }
}
