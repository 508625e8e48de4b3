package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.work.Timers;

/**
 * Forgets to which addresses notices went, and to whom data was given, once their time is up; that somebody chose, and what,
 * stays with its proof.
 */
@ApplicationScoped
class PolicyJobs {
    private final AgroalDataSource database;
    private final Disclosures disclosures;
    private final DataMap map;
    private final Ledger ledger;
    private final Clock clock;

    PolicyJobs(AgroalDataSource database, Disclosures disclosures, DataMap map, Ledger ledger, Clock clock) {
        this.database = database;
        this.disclosures = disclosures;
        this.ledger = ledger;
        this.map = map;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("6h", "3m", "policy.forget", this::forget);
    }

    @Transactional
    void forget() {
        forget(ZonedDateTime.ofInstant(clock.instant(), map.organisation().zone())
                .minus(map.organisation().ownRecords().notices())
                .toOffsetDateTime());
        disclosures.forget(
                ZonedDateTime.ofInstant(clock.instant(), map.organisation().zone())
                        .minus(map.organisation().ownRecords().disclosures())
                        .toLocalDate());
    }

    /** Whoever agreed can take it back, and systems must hear of what she chose: until then her address stays. */
    int forget(OffsetDateTime before) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update notice n set sealed = null where sealed is not null"
                        + " and posted_at < ? and not coalesce((select accepted from choice where notice = n.id order by"
                        + " position desc limit 1), false) and not exists (select 1 from choice where notice = n.id and"
                        + " chosen_at >= ?)")) {
            update.setObject(1, before);
            update.setObject(2, before);
            int gone = update.executeUpdate();
            if (gone > 0) {
                ledger.append(
                        Act.of("notices.forgotten", Actor.system("policy")).fact("addresses", gone));
            }
            return gone;
        } catch (SQLException e) {
            throw new IllegalStateException("notices cannot be forgotten", e);
        }
    }
}
