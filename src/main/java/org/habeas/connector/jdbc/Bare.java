package org.habeas.connector.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.connector.Catalogue.Table;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.Position;

/** A collection for a table as it is, without what a map adds. */
final class Bare {
    private Bare() {}

    static MappedCollection collection(String system, Table table, List<String> columns) {
        return new MappedCollection(
                system,
                table.qualified(),
                columns.stream().map(Bare::field).toList(),
                Optional.empty(),
                new MappedCollection.OnErasure.Delete(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                Position.NONE);
    }

    private static MappedField field(String name) {
        return new MappedField(
                name,
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                true,
                Optional.empty(),
                true,
                Position.NONE);
    }
}
