package org.habeas.outbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;
import org.jboss.logging.Logger;

/**
 * Calls to addresses of the administrator's choice, on their way like mail: a row in the transaction of the act, sent until
 * it is taken. Where it goes is the setting {@code habeas.PURPOSE-webhook}, so that a secret in the address stays out of the
 * database. {@code Habeas-Delivery} is the same however often it is tried.
 */
@ApplicationScoped
public class Webhooks implements WorkHandler {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Answers that may be others a while later (RFC 9110). */
    private static final Set<Integer> FOR_NOW = Set.of(408, 421, 425, 429);

    /** The receiver took it. Fired in the transaction that notes so. */
    public record Delivered(String purpose, String topic) {}

    private record Call(String purpose, String topic, String mediaType, String body) {}

    private final AgroalDataSource database;
    private final Worklist worklist;
    private final Config config;
    private final Event<Delivered> listeners;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Webhooks(AgroalDataSource database, Worklist worklist, Config config, Event<Delivered> listeners, Clock clock) {
        this.database = database;
        this.worklist = worklist;
        this.config = config;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Whether an address is set for this purpose. */
    public boolean named(String purpose) {
        return address(purpose).isPresent();
    }

    /** Posts a call with the caller's transaction; nothing personal may be in it. {@code topic} says what it is about. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void post(String purpose, String topic, String mediaType, String body) {
        UUID id = UUID.randomUUID();
        update(
                "insert into webhook (id, purpose, topic, media_type, body, posted_at, state)"
                        + " values (?, ?, ?, ?, ?, ?, 'waiting')",
                id,
                purpose,
                topic,
                mediaType,
                body,
                now());
        worklist.add(kind(), id.toString());
    }

    @Override
    public String kind() {
        return "webhook.send";
    }

    @Override
    public Duration lease() {
        return PATIENCE.multipliedBy(4);
    }

    @Override
    public Result work(Lease lease) throws IOException, InterruptedException {
        UUID id = UUID.fromString(lease.subject());
        Optional<Call> waiting = QuarkusTransaction.requiringNew().call(() -> waiting(id));
        if (waiting.isEmpty()) {
            return Result.DONE;
        }
        Optional<URI> address = address(waiting.get().purpose());
        if (address.isEmpty()) {
            settle(id, "failed", "no address");
            return Result.DONE;
        }
        int status = send(id, waiting.get(), address.get());
        if (status >= 200 && status < 300) {
            QuarkusTransaction.requiringNew().run(() -> {
                settle(id, "sent", null);
                listeners.fire(
                        new Delivered(waiting.get().purpose(), waiting.get().topic()));
            });
        } else if (status < 500 && !FOR_NOW.contains(status)) {
            LOG.warnf("the %s webhook was refused with %d", waiting.get().purpose(), status);
            settle(id, "failed", String.valueOf(status));
        } else {
            throw new IOException("answer " + status);
        }
        return Result.DONE;
    }

    private int send(UUID id, Call call, URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", call.mediaType())
                .header("Habeas-Purpose", call.purpose())
                .header("Habeas-Delivery", id.toString())
                .POST(HttpRequest.BodyPublishers.ofString(call.body()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Deletes calls that were settled before then. */
    @Transactional
    void purge(OffsetDateTime before) {
        update("delete from webhook where state <> 'waiting' and settled_at < ?", before);
    }

    private Optional<URI> address(String purpose) {
        return config.getOptionalValue("habeas." + purpose + "-webhook", String.class)
                .filter(value -> !value.isBlank())
                .map(URI::create);
    }

    private Optional<Call> waiting(UUID id) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select purpose, topic, media_type, body from webhook where id = ? and state = 'waiting'")) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Call(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        }
    }

    private void settle(UUID id, String state, String failure) {
        QuarkusTransaction.joiningExisting()
                .run(() -> update(
                        "update webhook set state = ?, settled_at = ?, failure = ? where id = ?",
                        state,
                        now(),
                        failure,
                        id));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a webhook cannot be kept", e);
        }
    }
}
