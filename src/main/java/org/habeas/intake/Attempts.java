package org.habeas.intake;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.habeas.actor.Actor;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/**
 * Which request a form became, so that sending it again makes no second one. The passphrase follows from the attempt and
 * the portal's key: it can be told again to whoever holds the form, and is not kept.
 */
@ApplicationScoped
class Attempts {
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final AgroalDataSource database;
    private final Requests requests;
    private final Vault vault;
    private final Clock clock;

    Attempts(AgroalDataSource database, Requests requests, Vault vault, Clock clock) {
        this.database = database;
        this.requests = requests;
        this.vault = vault;
        this.clock = clock;
    }

    /** What the attempt became, if it was made before. */
    Optional<Requests.Opened> first(String attempt) {
        return QuarkusTransaction.requiringNew().call(() -> reference(attempt).map(r -> opened(r, attempt)));
    }

    /** Takes the request in; another attempt of the same name at the same time waits and gets the same answer. */
    Requests.Opened receive(String attempt, List<Receipt> receipts, Consumer<RightsRequest> then) {
        return QuarkusTransaction.requiringNew().call(() -> {
            if (!claim(attempt)) {
                return opened(reference(attempt).orElseThrow(), attempt);
            }
            Requests.Opened opened = requests.receiveTogether(receipts, Actor.Kind.PERSON, "", passphrase(attempt));
            update(
                    "update intake_attempt set reference = ? where attempt = ?",
                    opened.request().reference().text(),
                    hash(attempt));
            requests.together(opened.request()).forEach(then);
            return opened;
        });
    }

    private Requests.Opened opened(Reference reference, String attempt) {
        return new Requests.Opened(requests.read(reference), passphrase(attempt));
    }

    private boolean claim(String attempt) throws SQLException {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        update("delete from intake_attempt where at < ?", now.minus(REMEMBERED));
        return update(
                        "insert into intake_attempt (attempt, at) values (?, ?) on conflict (attempt) do nothing",
                        hash(attempt),
                        now)
                == 1;
    }

    private Optional<Reference> reference(String attempt) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select reference from intake_attempt where attempt = ?")) {
            select.setString(1, hash(attempt));
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new Reference(rows.getString(1))) : Optional.empty();
            }
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private String hash(String attempt) {
        return vault.keyedHash("attempt", attempt);
    }

    private String passphrase(String attempt) {
        return Secrets.passphrase(Base64.getUrlDecoder().decode(vault.keyedHash("attempt-passphrase", attempt)));
    }
}
