package org.habeas.promise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.identity.Holder;
import org.habeas.law.Right;
import org.habeas.problem.NotPossible;
import org.habeas.request.Identifier;
import org.habeas.request.Reference;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.retention.ObligationMet;
import org.habeas.retention.Obligations;
import org.habeas.vault.Vault;

/**
 * Whoever wants is told once more when what her erasure had to keep is erased too. For that her address outlives the case,
 * sealed under a key of its own; it goes with the letter, when she takes her wish back, and when nothing had to be kept.
 */
@ApplicationScoped
@Transactional
public class Promises {
    private final Requests requests;
    private final Obligations obligations;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Event<PromiseKept> kept;
    private final ObjectMapper json;
    private final Clock clock;

    Promises(
            Requests requests,
            Obligations obligations,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger,
            Event<PromiseKept> kept,
            ObjectMapper json,
            Clock clock) {
        this.requests = requests;
        this.obligations = obligations;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.kept = kept;
        this.json = json;
        this.clock = clock;
    }

    /** What is sealed: whom to tell, as whom, in which language, of which request. */
    record Whom(String address, String language, String organisation, String reference) {
        @Override
        public String toString() {
            return "Whom[" + reference + "]";
        }
    }

    private record Made(UUID key, byte[] sealed) {}

    /** How it stands: whether it can be asked for, and whether it has been. */
    public record Wish(boolean possible, boolean made) {}

    public Wish wish(Holder holder) {
        RightsRequest request = requests.read(holder.reference());
        return new Wish(possible(request), !made(request.id(), false).isEmpty());
    }

    /** Asks for it; asked again nothing changes. To several companies at once it is asked of all. */
    public void make(Holder holder) {
        RightsRequest request = requests.get(holder.reference());
        if (!possible(request)) {
            throw new NotPossible("promise_not_possible");
        }
        family(request).stream().filter(this::possible).forEach(this::make);
    }

    /** Takes it back: the address and its key go. */
    public void takeBack(Holder holder) {
        family(requests.get(holder.reference())).forEach(r -> forget(r.id(), person(r), "promise.taken_back"));
    }

    /** Withdrawn, refused, or nothing had to be kept: there will be nothing to tell. */
    void closed(@Observes RequestEvent.Closed event) {
        if (!obligations.owes(event.request().id())) {
            forget(event.request().id(), Actor.system("promise"), "promise.void");
        }
    }

    /** With the last of it she is told. The row is locked, so that of two pieces met at once one comes second. */
    void met(@Observes ObligationMet met) {
        for (Made made : made(met.request(), true)) {
            if (!obligations.owes(met.request())) {
                Whom whom = open(met.request(), made);
                kept.fire(new PromiseKept(
                        whom.address(),
                        whom.language(),
                        whom.organisation(),
                        Reference.typed(whom.reference()).orElseThrow(),
                        obligations.gone(met.request())));
                forget(met.request(), Actor.system("promise"), "promise.kept");
            }
        }
    }

    private List<RightsRequest> family(RightsRequest request) {
        return requests.isFirst(request) ? requests.together(request) : List.of(request);
    }

    /** An erasure of hers that is under way, or that had to keep something. */
    private boolean possible(RightsRequest request) {
        return request.right() == Right.ERASURE
                && !request.forgotten()
                && address(request).isPresent()
                && (request.state() != State.CLOSED || obligations.owes(request.id()));
    }

    private Optional<String> address(RightsRequest request) {
        return requests.identifiers(request).stream()
                .filter(i -> i.kind().equals(Identifier.EMAIL) && i.proven())
                .map(Identifier::value)
                .findFirst();
    }

    private void make(RightsRequest request) {
        if (!made(request.id(), false).isEmpty()) {
            return;
        }
        Whom whom = new Whom(
                address(request).orElseThrow(),
                request.language(),
                request.organisation(),
                request.reference().text());
        UUID key = vault.newKey();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into promise (request_id, vault_key, sealed, made_at) values (?, ?, ?, ?)")) {
            insert.setObject(1, request.id());
            insert.setObject(2, key);
            insert.setBytes(3, vault.seal(key, json.writeValueAsBytes(whom), context(request.id())));
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("a promise cannot be kept", e);
        }
        ledger.append(Act.of("promise.made", person(request)).about(request.id()));
    }

    private void forget(UUID request, Actor by, String act) {
        for (Made one : made(request, true)) {
            vault.shred(one.key(), "promise");
            delete(request);
            ledger.append(Act.of(act, by).about(request));
        }
    }

    private void delete(UUID request) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from promise where request_id = ?")) {
            delete.setObject(1, request);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a promise cannot be let go", e);
        }
    }

    private List<Made> made(UUID request, boolean locked) {
        List<Made> found = new ArrayList<>();
        String sql = "select vault_key, sealed from promise where request_id = ?" + (locked ? " for update" : "");
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, request);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Made(rows.getObject(1, UUID.class), rows.getBytes(2)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("promises cannot be read", e);
        }
        return found;
    }

    private Whom open(UUID request, Made made) {
        try {
            return json.readValue(vault.open(made.key(), made.sealed(), context(request)), Whom.class);
        } catch (IOException e) {
            throw new IllegalStateException("a promise cannot be read", e);
        }
    }

    private static Actor person(RightsRequest request) {
        return Actor.person(request.reference().text());
    }

    private static String context(UUID request) {
        return "promise:" + request;
    }
}
