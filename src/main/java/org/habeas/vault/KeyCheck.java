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
import java.util.List;
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

    /** One wrapped key tells for all that the same master key wrapped: the oldest and the newest are looked at. */
    static void check(Connection connection, MasterKey master) throws SQLException {
        for (String order : List.of("asc", "desc")) {
            try (var select = connection.prepareStatement("select id::text, wrapped, master from vault_key"
                            + " where wrapped is not null order by master " + order + " limit 1");
                    var rows = select.executeQuery()) {
                if (rows.next()) {
                    check(rows.getString(1), rows.getBytes(2), rows.getInt(3), master);
                }
            }
        }
    }

    private static void check(String id, byte[] wrapped, int number, MasterKey master) {
        try {
            new AesGcmJce(master.wrapping(number)).decrypt(wrapped, id.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new StartFailure("HABEAS_HOME: keys/" + (number == 0 ? "master" : "master-" + number)
                    + ".key is not the key that this database was sealed with: put that one back from a copy; without it no"
                    + " open case can be read");
        }
    }
}
