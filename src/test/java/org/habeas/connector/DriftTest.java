package org.habeas.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.habeas.connector.Catalogue.Table.Kind;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MapFolder;
import org.junit.jupiter.api.Test;

class DriftTest {
    private final DataMap map = new MapFolder().load().map();

    @Test
    void nothing_drifted_where_both_say_the_same() {
        assertTrue(drift(table("public", "customer", Kind.TABLE, "id", "email", "home"))
                .none());
    }

    @Test
    void tells_what_only_the_system_has() {
        Drift drift = drift(
                table("public", "Customer", Kind.TABLE, "ID", "email", "home", "diary"),
                table("public", "secret", Kind.PARTITIONED, "id"),
                table("public", "customers", Kind.VIEW, "id"),
                table("elsewhere", "other", Kind.TABLE, "id"));

        assertEquals(List.of("secret"), drift.newTables());
        assertEquals(List.of(new Drift.Column("customer", "diary")), drift.newColumns());
        assertEquals(2, drift.size());
    }

    @Test
    void tells_what_only_the_map_has() {
        assertEquals(
                List.of("customer"),
                drift(table("public", "people", Kind.TABLE, "id")).missingCollections());
        assertEquals(
                List.of(new Drift.Column("customer", "home.city"), new Drift.Column("customer", "home.zip")),
                drift(table("public", "customer", Kind.TABLE, "id", "email")).missingFields());
    }

    private Drift drift(Catalogue.Table... tables) {
        return Drift.between(
                map.system("crm").orElseThrow(), map.dataset("crm").orElseThrow(), new Catalogue(List.of(tables)));
    }

    private static Catalogue.Table table(String schema, String name, Kind kind, String... columns) {
        return new Catalogue.Table(
                schema,
                name,
                kind,
                Arrays.stream(columns).map(DriftTest::column).toList(),
                List.of("id"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                Set.of());
    }

    private static Catalogue.Column column(String name) {
        return new Catalogue.Column(
                name, "text", ValueType.TEXT, false, true, OptionalInt.empty(), false, false, List.of());
    }
}
