package org.habeas.limit;

import io.agroal.api.AgroalDataSource;
import java.time.Clock;
import org.habeas.vault.Vault;

/** Limits in another time. */
public final class LimitsForTests {
    private LimitsForTests() {}

    public static Limits of(AgroalDataSource database, Vault vault, Clock clock) {
        return new Limits(database, vault, clock);
    }
}
