package org.habeas.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabasesTest {
    @Test
    void handsOutARealPostgres18() throws SQLException {
        try (var connection = TestDatabases.connect(TestDatabases.fresh())) {
            assertTrue(connection.getMetaData().getDatabaseMajorVersion() >= 15);
        }
    }
}
