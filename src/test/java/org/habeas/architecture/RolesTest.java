package org.habeas.architecture;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every endpoint, called by every role and by nobody, does what {@code roles.txt} says; one without a row fails. */
@QuarkusTest
class RolesTest {
    private static final Map<String, String> ACCOUNTS =
            Map.of("officer", "officer", "auditor", "auditor", "admin", "admin");

    /** One row: who may call it. */
    private record Row(String method, String path, Set<String> who) {
        static Row of(String line) {
            String[] parts = line.trim().split("\\s+");
            return new Row(parts[0], parts[1], Set.copyOf(List.of(parts).subList(2, parts.length)));
        }

        String name() {
            return method + " " + path;
        }

        boolean api() {
            return path.startsWith("/api/");
        }

        Response call(Optional<String> account) {
            var call = given().redirects().follow(false);
            if (account.isPresent()) {
                call = call.auth().preemptive().basic(account.get(), "test");
            }
            if (method.matches("POST|PUT")) {
                call = api()
                        ? call.contentType(ContentType.JSON).body("{}")
                        : call.contentType("application/x-www-form-urlencoded");
            }
            return call.request(method, sample());
        }

        String sample() {
            return path.replaceAll("\\{[^}]*}", "H-0000-0000-00");
        }
    }

    @Test
    void everyEndpointHasARowAndEveryRowAnEndpoint() throws IOException {
        Set<String> named = rows().map(Row::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> without = endpoints();
        without.removeAll(named);
        assertEquals(Set.of(), without, "endpoints without a row in src/test/resources/roles.txt");
        named.removeAll(endpoints());
        assertEquals(Set.of(), named, "rows of src/test/resources/roles.txt without an endpoint");
    }

    @TestFactory
    Stream<DynamicTest> nobody() throws IOException {
        return rows().map(row -> DynamicTest.dynamicTest("nobody " + row.name(), () -> {
            int status = row.call(Optional.empty()).statusCode();
            if (row.who().contains("anyone")) {
                assertFalse(Set.of(401, 403).contains(status), "status " + status);
            } else if (row.api()) {
                assertEquals(401, status);
            } else {
                assertTrue(Set.of(302, 303, 401).contains(status), "status " + status);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> staff() throws IOException {
        return rows().filter(Row::api).flatMap(row -> ACCOUNTS.keySet().stream()
                .map(role -> DynamicTest.dynamicTest(role + " " + row.name(), () -> {
                    int status = row.call(Optional.of(ACCOUNTS.get(role))).statusCode();
                    if (row.who().contains("anyone") || row.who().contains(role)) {
                        assertFalse(Set.of(401, 403).contains(status) || status >= 500, "status " + status);
                    } else {
                        assertEquals(row.who().contains("person") || row.who().contains("token") ? 401 : 403, status);
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> staffOnPages() throws IOException {
        Map<String, Browser> browsers = ACCOUNTS.keySet().stream()
                .collect(Collectors.toMap(role -> role, role -> Browser.of(ACCOUNTS.get(role))));
        return rows().filter(row -> !row.api() && !row.who().contains("anyone"))
                .flatMap(row -> browsers.keySet().stream()
                        .map(role -> DynamicTest.dynamicTest(role + " " + row.name(), () -> {
                            int status = browsers.get(role).call(row).statusCode();
                            if (row.who().contains(role)) {
                                assertFalse(Set.of(401, 403).contains(status) || status >= 500, "status " + status);
                            } else {
                                assertEquals(403, status);
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> noFormCountsWithoutItsToken() throws IOException {
        Map<String, Browser> browsers = ACCOUNTS.keySet().stream()
                .collect(Collectors.toMap(role -> role, role -> Browser.of(ACCOUNTS.get(role))));
        return rows().filter(row -> !row.api() && row.method().equals("POST"))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    Browser browser = browsers.getOrDefault(row.who().iterator().next(), browsers.get("officer"));
                    assertEquals(400, browser.forges(row).statusCode());
                }));
    }

    @Test
    void everyFormHasItsToken() throws IOException {
        Set<String> without = new TreeSet<>();
        try (Stream<java.nio.file.Path> templates = Files.walk(java.nio.file.Path.of("src/main/resources/templates"))) {
            for (java.nio.file.Path template :
                    templates.filter(t -> t.toString().endsWith(".html")).toList()) {
                // what stands between one form and the next holds the token, or the tag of a question that has it
                for (String form : Files.readString(template).split("<form ")) {
                    if (form.startsWith("method=\"post\"")
                            && !form.contains("{#token /}")
                            && !form.contains("{#place ")) {
                        without.add(template.getFileName().toString());
                    }
                }
            }
        }
        assertEquals(Set.of(), without);
    }

    /** A browser in which a local account is signed in. */
    private record Browser(Map<String, String> cookies, String token) {
        static Browser of(String account) {
            Response form = given().get("/login");
            String token = form.htmlPath().getString("**.find { it.@name == '_csrf' }.@value");
            Response in = given().redirects()
                    .follow(false)
                    .cookies(form.cookies())
                    .formParam("_csrf", token)
                    .formParam("username", account)
                    .formParam("password", "test")
                    .post("/login");
            assertEquals(303, in.statusCode(), "signed in as " + account);
            Map<String, String> cookies = new java.util.HashMap<>(form.cookies());
            cookies.putAll(in.cookies());
            return new Browser(cookies, token);
        }

        /** Sends a form with the browser's cookies and somebody else's token. */
        Response forges(Row row) {
            var call = given().redirects().follow(false).cookies(cookies);
            Response plain = call.formParam("_csrf", "forged").post(row.sample());
            return plain.statusCode() == 415
                    ? given().redirects()
                            .follow(false)
                            .cookies(cookies)
                            .multiPart("_csrf", "forged")
                            .post(row.sample())
                    : plain;
        }

        Response call(Row row) {
            var call = given().redirects().follow(false).cookies(cookies);
            if (row.method().equals("POST")) {
                call = call.formParam("_csrf", token);
            }
            return call.request(row.method(), row.sample());
        }
    }

    private static Stream<Row> rows() throws IOException {
        return Files.readAllLines(java.nio.file.Path.of("src/test/resources/roles.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Row::of);
    }

    private static Set<String> endpoints() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.habeas").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(type -> type.getMethods().stream().flatMap(method -> endpoint(type, method)))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> endpoint(JavaClass type, JavaMethod method) {
        String sub = method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
        String path = ("/" + type.getAnnotationOfType(Path.class).value() + "/" + sub)
                .replaceAll("/+", "/")
                .replaceAll("(?<=.)/$", "")
                .replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
        return method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation
                                .getRawType()
                                .getAnnotationOfType(HttpMethod.class)
                                .value() + " " + path);
    }
}
