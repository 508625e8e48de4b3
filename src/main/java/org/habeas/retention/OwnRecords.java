package org.habeas.retention;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.retention.OwnRecordsDue.What;

/** The portal keeps rules too (law.md section 6): tells whoever keeps its records what is past its time. */
@ApplicationScoped
class OwnRecords {
    private final Organisation organisation;
    private final AgroalDataSource database;
    private final Event<OwnRecordsDue> due;
    private final Ledger ledger;
    private final Clock clock;

    OwnRecords(DataMap map, AgroalDataSource database, Event<OwnRecordsDue> due, Ledger ledger, Clock clock) {
        this.organisation = map.organisation();
        this.database = database;
        this.due = due;
        this.ledger = ledger;
        this.clock = clock;
    }

    void look() {
        Instant now = clock.instant();
        Organisation.OwnRecords kept = organisation.ownRecords();
        due.fire(new OwnRecordsDue(What.FINDINGS, now.minus(kept.findings())));
        due.fire(new OwnRecordsDue(What.EVIDENCE, before(now, kept.evidence())));
        due.fire(new OwnRecordsDue(What.MESSAGES, before(now, kept.messages())));
        due.fire(new OwnRecordsDue(What.RECORDS, before(now, kept.cases())));
        due.fire(new OwnRecordsDue(What.STAFF, before(now, kept.staff())));
    }

    private Instant before(Instant now, Period period) {
        return now.atZone(organisation.zone()).minus(period).toInstant();
    }

    /** Who has not acted for so long is a pseudonym to the auditor too. */
    void staff(@Observes OwnRecordsDue records) {
        if (records.what() != What.STAFF) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            int forgotten = ledger.forgetStaff(records.closedBefore());
            if (forgotten > 0) {
                ledger.append(Act.of("retention.staff_forgotten", Actor.system("retention"))
                        .fact("accounts", forgotten));
            }
        });
    }

    /** Holds that were lifted and obligations that were met are of use as long as the cases are. */
    void own(@Observes OwnRecordsDue records) {
        if (records.what() != What.RECORDS) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            int holds = delete("delete from legal_hold where lifted_at < ?", records.closedBefore());
            int obligations = delete("delete from obligation where done_at < ?", records.closedBefore());
            if (holds + obligations > 0) {
                ledger.append(Act.of("retention.own_records_removed", Actor.system("retention"))
                        .fact("holds", holds)
                        .fact("obligations", obligations));
            }
        });
    }

    private int delete(String sql, Instant before) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(sql)) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("records of holds cannot be deleted", e);
        }
    }
}
