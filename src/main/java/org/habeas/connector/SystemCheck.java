package org.habeas.connector;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.problem.NotFound;

/** Tries whether a system lets us in. */
@ApplicationScoped
class SystemCheck {
    /** What came of it; {@code error} tells why not, without anybody's data. */
    record Result(SystemEntry system, Optional<String> error, long milliseconds) {
        public boolean ok() {
            return error.isEmpty();
        }
    }

    private final DataMap map;
    private final Connectors connectors;
    private final Ledger ledger;

    SystemCheck(DataMap map, Connectors connectors, Ledger ledger) {
        this.map = map;
        this.connectors = connectors;
        this.ledger = ledger;
    }

    /** Tries it for this administrator, which is written down first. */
    Result of(String name, Actor by) {
        SystemEntry system = map.system(name).orElseThrow(() -> new NotFound("systems_unknown"));
        QuarkusTransaction.requiringNew()
                .run(() -> ledger.append(Act.of("systems.checked", by).fact("system", name)));
        long before = System.nanoTime();
        Optional<String> error = Optional.empty();
        try {
            Connector connector = connectors.of(name);
            if (!connector.byHand()) {
                connector.check();
            }
        } catch (SystemFailure e) {
            error = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Result(system, error, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
    }
}
