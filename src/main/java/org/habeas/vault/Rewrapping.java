package org.habeas.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.UUID;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;
import org.jboss.logging.Logger;

/**
 * Wraps every key by the newest master key, a few in each transaction, when an operator has put a new one beside the old. What
 * is sealed under the keys is not touched, and replicas read both kinds meanwhile.
 */
@ApplicationScoped
class Rewrapping implements WorkHandler {
    private static final Logger LOG = Logger.getLogger(Rewrapping.class);
    private static final int AT_ONCE = 100;

    private final AgroalDataSource database;
    private final MasterKey master;
    private final Worklist worklist;

    Rewrapping(AgroalDataSource database, MasterKey master, Worklist worklist) {
        this.database = database;
        this.master = master;
        this.worklist = worklist;
    }

    /** Orders the work where keys are wrapped by an older master key than the newest. */
    void look() {
        if (master.newest() > 0) {
            QuarkusTransaction.requiringNew().call(() -> {
                boolean some = waiting();
                if (some) {
                    worklist.add(kind(), "");
                }
                return some;
            });
        }
    }

    @Override
    public String kind() {
        return "vault.rewrap";
    }

    @Override
    public Result work(Lease lease) {
        while (some() > 0) {
            lease.renew();
        }
        LOG.infof("every key is wrapped by master key %d now", master.newest());
        return Result.DONE;
    }

    /** Wraps a few; those that somebody else has in hand come later. */
    int some() {
        return QuarkusTransaction.requiringNew().call(() -> {
            int newest = master.newest();
            try (var connection = database.getConnection();
                    var select =
                            connection.prepareStatement("select id, wrapped, master from vault_key where wrapped is"
                                    + " not null and master < ? order by master limit " + AT_ONCE
                                    + " for update skip locked");
                    var update =
                            connection.prepareStatement("update vault_key set wrapped = ?, master = ? where id = ?")) {
                select.setInt(1, newest);
                int count = 0;
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        UUID id = rows.getObject(1, UUID.class);
                        update.setBytes(1, again(id, rows.getBytes(2), rows.getInt(3), newest));
                        update.setInt(2, newest);
                        update.setObject(3, id);
                        update.addBatch();
                        count++;
                    }
                }
                update.executeBatch();
                return count;
            }
        });
    }

    private byte[] again(UUID id, byte[] wrapped, int older, int newer) throws GeneralSecurityException {
        byte[] context = id.toString().getBytes(StandardCharsets.UTF_8);
        byte[] key = new AesGcmJce(master.wrapping(older)).decrypt(wrapped, context);
        return new AesGcmJce(master.wrapping(newer)).encrypt(key, context);
    }

    private boolean waiting() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select 1 from vault_key where wrapped is not null and master < ? limit 1")) {
            select.setInt(1, master.newest());
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
