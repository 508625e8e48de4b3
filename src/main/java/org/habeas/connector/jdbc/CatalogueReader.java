package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.habeas.connector.Catalogue;

/** Reads what a database has and enforces, as a whole and in few queries. */
interface CatalogueReader {
    Catalogue read(Connection connection, Optional<String> schema) throws SQLException;

    static CatalogueReader of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRES -> new PostgresCatalogue();
            case MYSQL -> new MysqlCatalogue();
            case STANDARD -> new StandardCatalogue();
        };
    }
}
