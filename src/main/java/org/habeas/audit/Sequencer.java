package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** Gives entries their places in the tree, in batches, so that acts need not queue for one lock. Any number may run. */
@ApplicationScoped
class Sequencer {
    private static final int BATCH = 5_000;

    private final AgroalDataSource database;

    Sequencer(AgroalDataSource database) {
        this.database = database;
    }

    /** Places all entries that wait, unless another replica is at it. */
    void run() {
        int placed;
        do {
            placed = QuarkusTransaction.requiringNew().call(this::batch);
        } while (placed == BATCH);
    }

    private int batch() throws SQLException {
        try (var connection = database.getConnection()) {
            return new StoredTree(connection).sequence(BATCH);
        }
    }
}
