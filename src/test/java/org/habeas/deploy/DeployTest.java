package org.habeas.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in deploy/ holds together: names exist, nothing secret is in it, and what runs, runs without rights. */
class DeployTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path DEPLOY = Path.of("deploy");
    private static final Path KUBERNETES = DEPLOY.resolve("kubernetes");
    /** Namespaced names that an operator makes. */
    private static final Set<String> MADE_BY_OPERATORS = Set.of("database-app");

    @Test
    void everyPodRunsWithoutRightsAndTellsHowItIs() throws IOException {
        List<JsonNode> deployments = of("Deployment");
        assertFalse(deployments.isEmpty());
        for (JsonNode deployment : deployments) {
            JsonNode pod = deployment.at("/spec/template/spec");
            assertTrue(deployment.at("/spec/replicas").asInt() >= 3, "three replicas");
            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
            assertEquals(
                    "RuntimeDefault",
                    pod.at("/securityContext/seccompProfile/type").asText());
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
            assertTrue(pod.path("terminationGracePeriodSeconds").asInt() >= 30);
            assertEquals(
                    Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
                    texts(pod.path("topologySpreadConstraints"), "topologyKey"));
            for (JsonNode container : pod.path("containers")) {
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    assertTrue(
                            container.at("/" + probe + "/httpGet/path").asText().startsWith("/q/health/"), probe);
                }
                for (String amount : List.of("requests/cpu", "requests/memory", "limits/memory")) {
                    assertFalse(container.at("/resources/" + amount).isMissingNode(), amount);
                }
                assertTrue(
                        container.at("/securityContext/readOnlyRootFilesystem").asBoolean());
                assertFalse(container
                        .at("/securityContext/allowPrivilegeEscalation")
                        .asBoolean(true));
                assertEquals(
                        "ALL",
                        container.at("/securityContext/capabilities/drop/0").asText());
                assertTrue(container.path("image").asText().matches(".+:\\d[\\w.]*"), "a fixed version");
                Set<String> mounts = texts(container.path("volumeMounts"), "name");
                assertEquals(mounts, texts(pod.path("volumes"), "name"));
            }
        }
    }

    @Test
    void everyNameThatIsUsedExists() throws IOException {
        Set<String> secrets = new TreeSet<>(MADE_BY_OPERATORS);
        Matcher row = Pattern.compile("(?m)^   \\| (`[^|]+`) \\|").matcher(read(DEPLOY.resolve("README.md")));
        while (row.find()) {
            Stream.of(row.group(1).replace("`", "").split(", ")).forEach(secrets::add);
        }
        Set<String> used = new TreeSet<>();
        for (JsonNode one : all()) {
            one.findValues("secretName").forEach(name -> used.add(name.asText()));
            one.findValues("tlsSecret").forEach(name -> used.add(name.asText()));
            Stream.of("secretRef", "secretKeyRef", "secret", "usernameSecret", "passwordSecret")
                    .flatMap(kind -> one.findValues(kind).stream())
                    .filter(reference -> reference.has("name"))
                    .forEach(reference -> used.add(reference.path("name").asText()));
            for (JsonNode reference : one.findValues("configMapRef")) {
                assertTrue(names("ConfigMap").contains(reference.path("name").asText()));
            }
            for (JsonNode claim : one.findValues("persistentVolumeClaim")) {
                assertTrue(names("PersistentVolumeClaim")
                        .contains(claim.path("claimName").asText()));
            }
            for (JsonNode account : one.findValues("serviceAccountName")) {
                assertTrue(names("ServiceAccount").contains(account.asText()));
            }
        }
        used.removeAll(secrets);
        assertEquals(Set.of(), used, "secrets that deploy/README.md does not tell to make");
    }

    @Test
    void whatSelectsPodsFindsThem() throws IOException {
        JsonNode labels = of("Deployment").get(0).at("/spec/template/metadata/labels");
        assertEquals(labels, of("Deployment").get(0).at("/spec/selector/matchLabels"));
        assertEquals(labels, of("Service").get(0).at("/spec/selector"));
        JsonNode budget = of("PodDisruptionBudget").get(0);
        assertEquals(labels, budget.at("/spec/selector/matchLabels"));
        assertEquals(2, budget.at("/spec/minAvailable").asInt());
        assertTrue(names("NetworkPolicy").containsAll(Set.of("default-deny", "portal", "database", "keycloak")));
        JsonNode denied = of("NetworkPolicy").stream()
                .filter(policy -> policy.at("/metadata/name").asText().equals("default-deny"))
                .findFirst()
                .orElseThrow();
        assertTrue(denied.at("/spec/podSelector").isEmpty(), "everybody");
        assertTrue(denied.at("/spec/ingress").isMissingNode()
                && denied.at("/spec/egress").isMissingNode());
        JsonNode cluster = of("Cluster").get(0);
        assertEquals(
                "required",
                cluster.at("/spec/postgresql/synchronous/dataDurability").asText());
        assertTrue(cluster.at("/spec/instances").asInt() >= 3);
    }

    @Test
    void aProviderSendsPeopleBackToOneAddressOnly() throws IOException {
        Pattern address = Pattern.compile(
                "\"(?:redirectUris|post\\.logout\\.redirect\\.uris)\": \\[?\"\\$\\{HABEAS_PUBLIC_URL:[^}]*}([^\"]*)\"");
        for (Path realm : List.of(
                DEPLOY.resolve("keycloak/habeas-realm.json"),
                DEPLOY.resolve("keycloak/people-realm.json"),
                KUBERNETES.resolve("overlays/production/keycloak.yaml"))) {
            Set<String> paths = new TreeSet<>();
            Matcher found = address.matcher(read(realm));
            while (found.find()) {
                paths.add(found.group(1));
            }
            String back = realm.endsWith("people-realm.json") ? "/mine/signed-in" : "/signed-in";
            assertEquals(Set.of("/", back), paths, realm.toString());
        }
    }

    @Test
    void nothingSecretLiesHere() throws IOException {
        assertEquals(List.of(), of("Secret"));
        for (Path file : files(DEPLOY)) {
            for (String line : Files.readAllLines(file)) {
                assertFalse(
                        line.matches("(?i)^\\s*[\"\\w]*(password|secret)[\"\\w]*\\s*[:=]\\s*\"?[^\\s\"${\\[(].*")
                                && !line.contains("name:"),
                        file + ": " + line);
            }
        }
    }

    @Test
    void everySettingIsOneThatIsKnown() throws IOException {
        String known =
                read(Path.of("docs", "operations.md")) + read(Path.of("src/main/resources/application.properties"));
        Set<String> set = new TreeSet<>();
        of("ConfigMap").forEach(map -> map.path("data").fieldNames().forEachRemaining(set::add));
        compose().at("/services/portal/environment").fieldNames().forEachRemaining(set::add);
        set.removeIf(name -> !name.startsWith("HABEAS_"));
        set.removeIf(known::contains);
        assertEquals(Set.of(), set);
    }

    @Test
    void kustomizationsListEveryFileBesideThem() throws IOException {
        for (Path file : files(KUBERNETES)) {
            if (file.endsWith("kustomization.yaml")) {
                JsonNode kustomization = YAML.readTree(file.toFile());
                for (JsonNode resource : kustomization.path("resources")) {
                    assertTrue(Files.exists(file.resolveSibling(resource.asText())), file + ": " + resource);
                }
                try (Stream<Path> beside = Files.list(file.getParent())) {
                    Set<String> there = beside.filter(Files::isRegularFile)
                            .map(f -> f.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new));
                    there.remove("kustomization.yaml");
                    kustomization.path("resources").forEach(resource -> there.remove(resource.asText()));
                    assertEquals(Set.of(), there, "files that no line of " + file + " names");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial", "production"})
    void kustomizeRendersTheOverlay(String overlay) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Stream.of("/usr/bin/kubectl", "/usr/local/bin/kubectl").anyMatch(f -> Files.isExecutable(Path.of(f))),
                "no kubectl");
        Path out = Files.createTempFile("overlay", ".yaml");
        Process kubectl = new ProcessBuilder(
                        "kubectl",
                        "kustomize",
                        KUBERNETES.resolve("overlays/" + overlay).toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(kubectl.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, kubectl.exitValue(), Files.readString(out));
        assertEquals(
                overlay.equals("production"),
                Files.readString(out).contains("?sslmode=verify-full&sslrootcert=/etc/habeas/database/ca.crt"));
        for (JsonNode one : documents(out)) {
            assertTrue(
                    one.path("kind").asText().equals("Namespace")
                            || one.at("/metadata/namespace").asText().equals("habeas"),
                    one.path("kind").asText());
        }
        Files.delete(out);
    }

    @Test
    void theRealmOfTheClusterIsTheOneThatIsTested() throws IOException {
        ObjectNode tested = (ObjectNode)
                YAML.readTree(DEPLOY.resolve("keycloak/habeas-realm.json").toFile());
        tested.remove("users");
        assertEquals(tested, of("KeycloakRealmImport").get(0).at("/spec/realm"));
        JsonNode client = tested.at("/clients/0");
        assertEquals("S256", client.at("/attributes/pkce.code.challenge.method").asText());
        assertFalse(client.path("directAccessGrantsEnabled").asBoolean(true));
        assertFalse(client.path("implicitFlowEnabled").asBoolean(true));
        assertEquals(Set.of("officer", "auditor", "admin"), texts(tested.at("/roles/realm"), "name"));
    }

    @Test
    void theTrialAsksForEveryPasswordAndGivesNoRights() throws IOException {
        String text = read(DEPLOY.resolve("compose.yaml"));
        Set<String> asked = new TreeSet<>();
        Matcher variable = Pattern.compile("\\$\\{(\\w+)").matcher(text);
        while (variable.find()) {
            asked.add(variable.group(1));
        }
        Set<String> offered = Files.readAllLines(DEPLOY.resolve("compose.env.example")).stream()
                .map(line -> line.split("=")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(offered, asked);
        JsonNode portal = compose().at("/services/portal");
        assertTrue(portal.path("read_only").asBoolean());
        assertEquals("ALL", portal.at("/cap_drop/0").asText());
        for (JsonNode service : compose().path("services")) {
            service.path("ports").forEach(port -> assertTrue(port.asText().startsWith("127.0.0.1:"), port.asText()));
            service.path("depends_on")
                    .fieldNames()
                    .forEachRemaining(
                            name -> assertTrue(compose().path("services").has(name)));
            if (service.has("image")) {
                assertTrue(service.path("image").asText().matches(".+:v?\\d[\\w.]*"), "a fixed version");
            }
        }
    }

    @Test
    void theImageRunsAsNobodyInParticular() throws IOException {
        String image = read(DEPLOY.resolve("Dockerfile"));
        assertTrue(image.contains("FROM eclipse-temurin:25-jre"));
        assertTrue(image.contains("\nUSER 10001:10001\n"));
        assertTrue(image.contains("\nHEALTHCHECK "));
        assertTrue(image.contains("ENTRYPOINT [\"java\", \"-jar\", \"quarkus-run.jar\"]"));
        assertEquals(
                10001,
                of("Deployment")
                        .get(0)
                        .at("/spec/template/spec/securityContext/runAsUser")
                        .asInt());
    }

    private static JsonNode compose() {
        try {
            return YAML.readTree(DEPLOY.resolve("compose.yaml").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<JsonNode> all() throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (Path file : files(KUBERNETES)) {
            found.addAll(documents(file));
        }
        return found;
    }

    private static List<JsonNode> of(String kind) throws IOException {
        return all().stream()
                .filter(one -> one.path("kind").asText().equals(kind))
                .toList();
    }

    private static Set<String> names(String kind) throws IOException {
        return of(kind).stream().map(one -> one.at("/metadata/name").asText()).collect(Collectors.toSet());
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return values.readAll();
        }
    }

    private static Set<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .collect(Collectors.toSet());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
