package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.habeas.connector.Catalogue.Table;

/** What an account must not do, asked for all tables at once; only PostgreSQL can tell. */
record Privileges(Set<String> undeletable, Set<String> unchangeable) {
    private static final String DENIED =
            """
            select n.nspname || '.' || c.relname, has_table_privilege(c.oid, 'DELETE'),
                   has_table_privilege(c.oid, 'UPDATE') or has_any_column_privilege(c.oid, 'UPDATE')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
                 and n.nspname not in ('pg_catalog', 'information_schema')""";

    static Privileges of(Connection connection, Dialect dialect) throws SQLException {
        Privileges denied = new Privileges(new HashSet<>(), new HashSet<>());
        if (dialect == Dialect.POSTGRES) {
            try (var select = connection.prepareStatement(DENIED);
                    var rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!rows.getBoolean(2)) {
                        denied.undeletable.add(rows.getString(1));
                    }
                    if (!rows.getBoolean(3)) {
                        denied.unchangeable.add(rows.getString(1));
                    }
                }
            }
        }
        return denied;
    }

    boolean delete(Table table) {
        return !undeletable.contains(table.qualified());
    }

    boolean update(Table table) {
        return !unchangeable.contains(table.qualified());
    }
}
