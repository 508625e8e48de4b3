package org.habeas.session;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rows behind {@link ProviderSessions}: known by the cookie's hash, sealed by a key made out of the cookie. */
@ApplicationScoped
class SessionStore {
    private static final byte[] PURPOSE = "habeas provider session".getBytes(StandardCharsets.UTF_8);

    /** What was seen later than that was seen before the clock was set back, and would last too long. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final AgroalDataSource database;
    private final Clock clock;
    private final Duration idle;
    private final SecureRandom random = new SecureRandom();

    SessionStore(AgroalDataSource database, Clock clock, @ConfigProperty(name = "habeas.session-idle") Duration idle) {
        this.database = database;
        this.clock = clock;
        this.idle = idle;
    }

    /** What the provider said; {@code signedInAt} in seconds of the epoch ({@code auth_time}). */
    record Kept(
            String tenant,
            String issuer,
            Optional<String> atProvider,
            String subject,
            Optional<Long> signedInAt,
            byte[] tokens) {}

    /** Keeps a session and gives the cookie's value, which nothing here remembers. */
    String keep(Kept session) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        Instant since = session.signedInAt().map(Instant::ofEpochSecond).orElse(now);
        run(
                "insert into provider_session (id, tenant, at_provider, subject, tokens, since, seen)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                hash(cookie),
                session.tenant(),
                session.atProvider().map(s -> hash(session.issuer(), s)).orElse(null),
                hash(session.issuer(), session.subject()),
                seal(cookie, session.tokens()),
                utc(since),
                utc(now));
        return cookie;
    }

    /** The tokens of a session that has not ended; asking for them keeps it alive. */
    Optional<byte[]> find(String tenant, String cookie) {
        Instant now = clock.instant();
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update provider_session set seen = greatest(seen, ?)"
                        + " where id = ? and tenant = ? and seen > ? and seen < ? and since > ? returning tokens")) {
            bind(
                    update,
                    utc(now),
                    hash(cookie),
                    tenant,
                    utc(now.minus(idle)),
                    utc(now.plus(AHEAD)),
                    utc(now.minus(Session.LONGEST)));
            try (var row = update.executeQuery()) {
                return row.next() ? Optional.of(open(cookie, row.getBytes(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the session cannot be read", e);
        }
    }

    void forget(String cookie) {
        run("delete from provider_session where id = ?", hash(cookie));
    }

    void endSession(String issuer, String session) {
        run("delete from provider_session where at_provider = ?", hash(issuer, session));
    }

    void endSubject(String issuer, String subject) {
        run("delete from provider_session where subject = ?", hash(issuer, subject));
    }

    /** Clears away what has ended by itself. */
    void clear() {
        Instant now = clock.instant();
        run("delete from provider_session where seen < ? or seen > ?", utc(now.minus(idle)), utc(now.plus(AHEAD)));
    }

    private void run(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the session cannot be written", e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setBytes(i + 1, null);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    private static byte[] seal(String cookie, byte[] plain) {
        try {
            return cipher(cookie).encrypt(plain, PURPOSE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] open(String cookie, byte[] sealed) {
        try {
            return cipher(cookie).decrypt(sealed, PURPOSE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AesGcmJce cipher(String cookie) throws GeneralSecurityException {
        byte[] secret = cookie.getBytes(StandardCharsets.UTF_8);
        return new AesGcmJce(Hkdf.computeHkdf("HmacSha256", secret, new byte[0], PURPOSE, 32));
    }

    private static byte[] hash(String... parts) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", List.of(parts)).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
