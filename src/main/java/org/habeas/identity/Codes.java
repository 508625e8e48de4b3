package org.habeas.identity;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.limit.Limits;
import org.habeas.limit.Rate;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotPossible;
import org.habeas.problem.SecurityEvent;
import org.habeas.problem.TooMany;
import org.habeas.request.Channel;
import org.habeas.request.EmailAddress;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/**
 * The codes that prove an address: six digits, valid ten minutes and five tries, used once, kept as a keyed hash. A request
 * has one at a time; the lock after five tries ends with the code and stands in nobody else's way.
 */
@ApplicationScoped
public class Codes {
    /** How long a code can be used. */
    public static final Duration VALID = Duration.ofMinutes(10);

    static final int TRIES = 5;

    private final Requests requests;
    private final Mailboxes mailboxes;
    private final Limits limits;
    private final Rate rate;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Event<CodeIssued> issued;
    private final Event<SecurityEvent> failures;
    private final Clock clock;

    Codes(
            Requests requests,
            Mailboxes mailboxes,
            Limits limits,
            @ConfigProperty(name = "habeas.limit-per-address") Rate rate,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger,
            Event<CodeIssued> issued,
            Event<SecurityEvent> failures,
            Clock clock) {
        this.requests = requests;
        this.mailboxes = mailboxes;
        this.limits = limits;
        this.rate = rate;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.issued = issued;
        this.failures = failures;
        this.clock = clock;
    }

    /** Sends the holder a new code, which makes the one before worthless; {@link TooMany} when there were too many. */
    public void send(Holder holder) {
        Optional<String> unproven = QuarkusTransaction.requiringNew().call(() -> unprovenAddress(holder));
        limits.take("codes", holder.reference().text(), rate);
        unproven.ifPresent(mailboxes::takeOne);
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(holder.reference());
            mustNeedOne(request);
            issue(request, requests.email(request), holder.actor());
        });
    }

    /**
     * Uses the code up, or throws: {@link Invalid} when it is wrong or expired, {@link TooMany} after five tries. Every try
     * counts at once and for good, so this has transactions of its own and must not be called inside one.
     */
    @Transactional(Transactional.TxType.NEVER)
    public void redeem(Holder holder, String typed) {
        String code = typed == null ? "" : typed.replaceAll("[\\s-]", "");
        if (!code.matches("[0-9]{6}")) {
            throw Invalid.field("code", "identity_code_form");
        }
        UUID request = QuarkusTransaction.requiringNew()
                .call(() -> requests.read(holder.reference()).id());
        String kept = QuarkusTransaction.requiringNew()
                .call(() -> count(request, holder))
                .orElseThrow(() -> wrong(holder));
        if (!Secrets.same(kept, hash(request, code))
                || !QuarkusTransaction.requiringNew().call(() -> spend(request, kept))) {
            throw wrong(holder);
        }
    }

    /** The first code of a request that came in by itself; one that staff typed in is proven in another way. */
    void sendFirst(@Observes RequestEvent.Received event) {
        if (event.request().channel() == Channel.PORTAL && !event.signedIn() && event.first()) {
            issue(event.request(), Requests.email(event), Actor.system("identity"));
        }
    }

    /** When the last code was made that has not been used. */
    Optional<Instant> lastIssued(UUID request) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select issued_at from identity_code where request_id = ?")) {
            select.setObject(1, request);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getTimestamp(1).toInstant()) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a code cannot be read", e);
        }
    }

    private Optional<String> unprovenAddress(Holder holder) {
        RightsRequest request = requests.read(holder.reference());
        mustNeedOne(request);
        return request.verifiedAt().isPresent()
                ? Optional.empty()
                : Optional.of(requests.email(request).text());
    }

    private void mustNeedOne(RightsRequest request) {
        boolean ready = request.packageUntil().filter(clock.instant()::isBefore).isPresent();
        if (request.state() == State.CLOSED && !ready) {
            throw new NotPossible("identity_closed_needs_no_code");
        }
    }

    private void issue(RightsRequest request, EmailAddress address, Actor by) {
        String code = Secrets.code();
        Instant now = clock.instant();
        String keep = "insert into identity_code (request_id, code_hash, issued_at, expires_at) values (?, ?, ?, ?)"
                + " on conflict (request_id) do update set code_hash = excluded.code_hash,"
                + " issued_at = excluded.issued_at, expires_at = excluded.expires_at, tries = 0";
        ledger.append(
                Act.of("identity.code_issued", by).about(request.id()),
                new Ledger.Along(
                        keep,
                        List.of(
                                request.id(),
                                hash(request.id(), code),
                                now.atOffset(ZoneOffset.UTC),
                                now.plus(VALID).atOffset(ZoneOffset.UTC))));
        issued.fire(new CodeIssued(request, address, code));
    }

    /** Counts a try and gives back the hash to compare with; empty when there is no valid code. */
    private Optional<String> count(UUID request, Holder holder) throws SQLException {
        String sql = "select code_hash, tries, expires_at from identity_code where request_id = ? for update";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql);
                var update = connection.prepareStatement(
                        "update identity_code set tries = tries + 1 where request_id = ?")) {
            select.setObject(1, request);
            update.setObject(1, request);
            try (var row = select.executeQuery()) {
                if (!row.next() || !Secrets.lasts(row.getTimestamp(3).toInstant(), VALID, clock.instant())) {
                    return Optional.empty();
                }
                int tries = row.getInt(2);
                if (tries >= TRIES) {
                    Duration rest = Duration.between(
                            clock.instant(), row.getTimestamp(3).toInstant());
                    throw new TooMany("identity_locked", Duration.ofSeconds(rest.toSeconds() + 1));
                }
                update.executeUpdate();
                if (tries + 1 == TRIES) {
                    ledger.append(Act.of("identity.last_try", holder.actor()).about(request));
                }
                return Optional.of(row.getString(1));
            }
        }
    }

    private boolean spend(UUID request, String hash) throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(
                        "delete from identity_code where request_id = ? and code_hash = ?")) {
            delete.setObject(1, request);
            delete.setString(2, hash);
            return delete.executeUpdate() == 1;
        }
    }

    private String hash(UUID request, String code) {
        return vault.keyedHash("code", request + ":" + code);
    }

    private Invalid wrong(Holder holder) {
        failures.fire(new SecurityEvent(
                SecurityEvent.Kind.FAILED_CODE, holder.reference().text()));
        return Invalid.field("code", "identity_code_wrong");
    }
}
