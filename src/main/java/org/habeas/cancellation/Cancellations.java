package org.habeas.cancellation;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.law.Right;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.request.EmailAddress;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/**
 * Who got hold of somebody's mailbox, or of her passphrase, could have her erased: so every address on file is told as soon
 * as the search is through, once each, and can stop it until the first irreversible step.
 */
@ApplicationScoped
public class Cancellations implements WorkHandler {
    private static final String KIND = "cancellation.offer";
    private static final Actor SELF = Actor.system("cancellation");
    private static final String UNKNOWN = "cancellation_unknown";

    private final Requests requests;
    private final AddressesOnFile addresses;
    private final Worklist worklist;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Event<CancellationOffered> offered;
    private final Clock clock;
    private final String portal;

    Cancellations(
            Requests requests,
            AddressesOnFile addresses,
            Worklist worklist,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger,
            Event<CancellationOffered> offered,
            Clock clock,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.requests = requests;
        this.addresses = addresses;
        this.worklist = worklist;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.offered = offered;
        this.clock = clock;
        this.portal = portal.replaceAll("/+$", "");
    }

    void searched(@Observes RequestEvent.Searched event) {
        if (event.request().right() == Right.ERASURE) {
            worklist.add(KIND, event.request().id().toString());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Result work(Lease lease) {
        UUID id = UUID.fromString(lease.subject());
        Set<EmailAddress> told = QuarkusTransaction.requiringNew().call(() -> addresses.of(id));
        told.forEach(address -> QuarkusTransaction.requiringNew().run(() -> offer(id, address)));
        return Result.DONE;
    }

    /** Whether the link still stops something; NotFound for one that never was. */
    @Transactional
    public boolean open(String token) {
        return stoppable(requests.get(request(token)));
    }

    /** Stops the erasure, or throws NotPossible once it has begun or is over. */
    @Transactional
    public void cancel(String token) {
        RightsRequest request = requests.get(request(token));
        if (!stoppable(request)) {
            throw new NotPossible("cancellation_late");
        }
        Actor person = Actor.person(request.reference().text());
        ledger.append(Act.of("cancellation.used", person).about(request.id()));
        requests.record(request.withdraw(SELF, clock.instant()));
    }

    private static boolean stoppable(RightsRequest request) {
        return request.state() != State.CLOSED && request.begunAt().isEmpty();
    }

    private void offer(UUID id, EmailAddress address) {
        RightsRequest request = requests.get(id);
        String token = Secrets.symbols(32);
        if (stoppable(request) && keep(id, address, token)) {
            ledger.append(Act.of("cancellation.offered", SELF).about(id));
            offered.fire(new CancellationOffered(request, address, portal + "/cancellation/" + token));
        }
    }

    /** False where this address was told of this request before. */
    private boolean keep(UUID request, EmailAddress address, String token) {
        String sql = "insert into cancellation (token_hash, request_id, address_hash, offered_at) values (?, ?, ?, ?)"
                + " on conflict (request_id, address_hash) do nothing";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setString(1, hash(token));
            insert.setObject(2, request);
            insert.setString(3, vault.keyedHash("cancellation-address", request + ":" + address.text()));
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("a link cannot be kept", e);
        }
    }

    private UUID request(String token) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select request_id from cancellation where token_hash = ?")) {
            select.setString(1, hash(token));
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NotFound(UNKNOWN);
                }
                return row.getObject(1, UUID.class);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a link cannot be looked up", e);
        }
    }

    private String hash(String token) {
        return vault.keyedHash("cancellation", Secrets.normal(token));
    }
}
