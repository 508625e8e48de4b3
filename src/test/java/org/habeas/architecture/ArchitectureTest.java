package org.habeas.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows of docs/architecture.md and the habits that a machine can see. */
class ArchitectureTest {
    private static final JavaClasses HABEAS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.habeas");

    /** What everybody may use: it uses nothing of ours. */
    private static final Set<String> GROUND = Set.of("problem", "vault", "work", "words", "limit", "pdf");

    /** Who may use whom directly; what those use may be used too. The table of docs/architecture.md. */
    private static final Map<String, Set<String>> ARROWS = arrows(
            "law ->",
            "outbox -> audit",
            "actor -> law",
            "audit -> actor",
            "datamap -> law",
            "connector -> datamap outbox",
            "request -> law actor audit",
            "retention -> law actor audit datamap connector",
            "identity -> request datamap session",
            "intake -> request identity datamap session",
            "fulfilment -> request datamap connector retention",
            "mandate -> request identity",
            "casework -> request identity fulfilment intake mandate",
            "owner -> request datamap fulfilment",
            "delivery -> request identity fulfilment policy",
            "cancellation -> request datamap fulfilment",
            "promise -> request identity retention",
            "policy -> law actor audit outbox datamap connector",
            "security -> request policy datamap",
            "history -> request audit actor law datamap",
            "notification -> law outbox request identity intake fulfilment casework delivery retention policy owner cancellation promise security",
            "session -> actor law",
            "site -> law actor session request datamap",
            "demo -> law actor request datamap",
            "cli -> law datamap connector audit policy");

    @TestFactory
    Stream<DynamicTest> theArrows() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> {
                    String[] allowed = Stream.concat(
                                    reachable(arrow.getKey()).stream(),
                                    Stream.concat(GROUND.stream(), Stream.of(arrow.getKey())))
                            .map(ArchitectureTest::of)
                            .toArray(String[]::new);
                    noClasses()
                            .that(resideInAPackage(of(arrow.getKey())))
                            // an endpoint of a feature may show what the layout and the sign-in give to all
                            .should()
                            .dependOnClassesThat(resideInAPackage("org.habeas..")
                                    .and(not(JavaClass.Predicates.resideInAnyPackage(allowed))))
                            .allowEmptyShould(true)
                            .check(HABEAS);
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatEverybodyUsesUsesNothing() {
        return GROUND.stream()
                .map(ground -> DynamicTest.dynamicTest(ground, () -> noClasses()
                        .that(resideInAPackage(of(ground)))
                        .should()
                        .dependOnClassesThat(resideInAPackage("org.habeas..")
                                .and(not(JavaClass.Predicates.resideInAnyPackage(
                                        of(ground), of("problem"), of("vault"), of("work")))))
                        .allowEmptyShould(true)
                        .check(HABEAS)));
    }

    @Test
    void everyPackageHasItsPlaceInTheTable() {
        Set<String> known = new TreeSet<>(ARROWS.keySet());
        known.addAll(GROUND);
        Set<String> found = HABEAS.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> p.startsWith("org.habeas."))
                .map(p -> p.split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        found.removeAll(known);
        org.junit.jupiter.api.Assertions.assertEquals(Set.of(), found, "packages that are not in the table");
    }

    @Test
    void featuresHaveNoCycles() {
        slices().matching("org.habeas.(*)..").should().beFreeOfCycles().check(HABEAS);
    }

    @Test
    void theLawKnowsNoFramework() {
        noClasses()
                .that(resideInAPackage(of("law")))
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                        "jakarta..", "io.quarkus..", "org.hibernate..", "org.eclipse.microprofile.."))
                .check(HABEAS);
    }

    @Test
    void nobodyUsesEndpointsAndJobs() {
        classes()
                .that(simpleNameEndingWith("Pages")
                        .or(simpleNameEndingWith("Api"))
                        .or(simpleNameEndingWith("Jobs")))
                .should()
                .onlyHaveDependentClassesThat(
                        new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are themselves") {
                            @Override
                            public boolean test(JavaClass user) {
                                String top = user.getName().split("\\$")[0];
                                return top.endsWith("Pages")
                                        || top.endsWith("Api")
                                        || top.endsWith("Jobs")
                                        || top.contains("_");
                            }
                        })
                .allowEmptyShould(true)
                .check(HABEAS);
    }

    @Test
    void timeIsAnArgument() {
        ArchRule rule = noClasses()
                .that(not(resideInAPackage(of("cli"))))
                .and()
                .doNotHaveFullyQualifiedName("org.habeas.work.DatabaseClock")
                .and()
                .doNotHaveFullyQualifiedName("org.habeas.work.Timers")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis");
        rule.check(HABEAS);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should().notBeAnnotatedWith(Inject.class).check(HABEAS);
    }

    @Test
    void onlyTheActorReadsTheSecurityIdentity() {
        noClasses()
                .that(not(JavaClass.Predicates.resideInAnyPackage(of("actor"), of("session"))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.quarkus.security.identity.."))
                .check(HABEAS);
    }

    @Test
    void namesSaySomething() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Dto")
                .check(HABEAS);
    }

    private static String of(String feature) {
        return "org.habeas." + feature + "..";
    }

    private static Set<String> reachable(String feature) {
        Set<String> reached = new TreeSet<>();
        ARROWS.get(feature).forEach(next -> {
            if (reached.add(next)) {
                reached.addAll(reachable(next));
            }
        });
        return reached;
    }

    private static Map<String, Set<String>> arrows(String... lines) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (String line : lines) {
            String[] sides = line.split("->");
            String right = sides.length > 1 ? sides[1].strip() : "";
            arrows.put(sides[0].strip(), right.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(right.split(" "))));
        }
        return arrows;
    }
}
