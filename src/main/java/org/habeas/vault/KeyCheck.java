package org.habeas.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import org.habeas.problem.StartFailure;

/** Stops the start where the master key is not the one that the database's keys were wrapped with. */
@ApplicationScoped
class KeyCheck {
    private final AgroalDataSource database;
    private final MasterKey master;

    KeyCheck(AgroalDataSource database, MasterKey master) {
        this.database = database;
        this.master = master;
    }

    void atStart(@Observes StartupEvent start) throws SQLException {
        try (Connection connection = database.getConnection()) {
            check(connection, master);
        }
    }

    /** One wrapped key tells for all of them. */
    static void check(Connection connection, MasterKey master) throws SQLException {
        try (var select = connection.prepareStatement(
                        "select id::text, wrapped from vault_key where wrapped is not null limit 1");
                var rows = select.executeQuery()) {
            byte[] key = master.derive("wrap");
            if (rows.next()) {
                new AesGcmJce(key).decrypt(rows.getBytes(2), rows.getString(1).getBytes(StandardCharsets.UTF_8));
            }
        } catch (GeneralSecurityException e) {
            throw new StartFailure(
                    "HABEAS_HOME: keys/master.key is not the key that this database was sealed with: put that one back"
                            + " from a copy; without it no open case can be read");
        }
    }
}
