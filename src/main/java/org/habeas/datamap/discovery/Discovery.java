package org.habeas.datamap.discovery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Drafts a dataset file from a live database: a first map that finds rows as it is and says what to look at. */
public final class Discovery {
    private Discovery() {}

    /** The text of a dataset file for the system of that name; {@code schema} is the connection's own where empty. */
    public static String draft(Connection connection, Optional<String> schema, String system) throws SQLException {
        LiveSchema live = new LiveSchema(connection, schema);
        List<LiveTable> tables = live.tables();
        return new DraftText(new Sketch(tables)).write(live.name(), system);
    }
}
