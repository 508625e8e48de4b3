package org.habeas.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Links;
import org.habeas.datamap.Loaded;
import org.habeas.datamap.discovery.Discovery;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's databases, discovered and used unchanged, are searched the same ways as by its own map. */
class DiscoveredDemonstrationTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");

    @TempDir
    Path folder;

    @Test
    void isSearchedLikeItsOwnMap() throws Exception {
        Population population = Population.invented(TODAY);
        Map<String, Demonstration.Tables> systems = Map.of(
                "crm", new Crm(population, TODAY),
                "billing", new Billing(population, TODAY),
                "newsletter", new Newsletter(population, TODAY));
        for (var system : systems.entrySet()) {
            Files.writeString(folder.resolve(system.getKey() + ".yml"), draft(system.getKey(), system.getValue()));
        }
        Files.writeString(folder.resolve("organisation.yml"), "name: Nordlys\ncontact: privacy@nordlys.example\n");
        Files.writeString(
                folder.resolve("systems.yml"),
                """
                systems:
                  - {name: crm, kind: jdbc, url: "jdbc:postgresql:crm"}
                  - {name: billing, kind: jdbc, url: "jdbc:postgresql:billing"}
                  - {name: newsletter, kind: jdbc, url: "jdbc:postgresql:newsletter"}
                """);

        Loaded discovered = load(folder);
        assertEquals(Set.of(), Set.copyOf(discovered.errors()));
        assertEquals(ways(load(Path.of("src/main/resources/demo/map")).map()), ways(discovered.map()));
    }

    private static String draft(String name, Demonstration.Tables tables) throws SQLException, IOException {
        String url = TestDatabases.fresh();
        TestDatabases.execute(url, tables.definition());
        try (Connection connection = TestDatabases.connect(url)) {
            return Discovery.draft(connection, Optional.empty(), name);
        }
    }

    private static Loaded load(Path folder) {
        return new DataMapLoader(variable -> Optional.of("jdbc:postgresql:x")).load(folder);
    }

    /** Every link, and every place where a search by e-mail begins. */
    private static Set<String> ways(DataMap map) {
        Links links = Links.of(map);
        Set<String> ways = new TreeSet<>();
        map.collections().forEach(c -> links.from(c.key()).forEach(l -> ways.add(l + " " + l.targetPoints())));
        links.entryPoints("email")
                .forEach(e -> ways.add(e.collection() + " " + e.field().name()));
        return ways;
    }
}
