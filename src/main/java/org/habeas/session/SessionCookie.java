package org.habeas.session;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The session cookie: AES-256-GCM under a key that outlives a restart; HttpOnly, SameSite, {@code __Host-} behind TLS. */
@ApplicationScoped
class SessionCookie {
    private static final byte[] CONTEXT = "habeas session".getBytes(StandardCharsets.UTF_8);
    private static final String KEPT = SessionCookie.class.getName();
    /** Browsers keep 4096 bytes with name and attributes (RFC 6265 section 6.1). */
    private static final int LARGEST = 3900;

    private static final Duration RENEWED_EVERY = Duration.ofMinutes(1);

    private final AesGcmJce seal;
    private final Clock clock;
    private final Transport transport;

    SessionCookie(@ConfigProperty(name = "habeas.session-key") String key, Clock clock, Transport transport)
            throws GeneralSecurityException {
        byte[] secret = key.getBytes(StandardCharsets.UTF_8);
        this.seal = new AesGcmJce(Hkdf.computeHkdf("HmacSha256", secret, new byte[0], CONTEXT, 32));
        this.clock = clock;
        this.transport = transport;
    }

    /** The session of this request's cookie, without what has ended; an empty one if there is none that can be read. */
    Session read(RoutingContext routing) {
        if (routing.get(KEPT) instanceof Session session) {
            return session;
        }
        Cookie cookie = routing.request().getCookie(name(routing));
        Session session = cookie == null ? Session.empty() : open(cookie.getValue());
        Session valid = session.at(clock.instant());
        routing.put(KEPT, valid);
        return valid;
    }

    /** Sends the session with the answer. False, and nothing is sent, if it is larger than a cookie can be. */
    boolean write(RoutingContext routing, Session session) {
        boolean empty = session.isEmpty();
        String value = empty ? "" : sealed(session);
        if (value.length() > LARGEST) {
            return false;
        }
        routing.put(KEPT, session);
        Cookie cookie = Cookie.cookie(name(routing), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(transport.encrypted(routing))
                .setSameSite(CookieSameSite.LAX);
        routing.response().addCookie(empty ? cookie.setMaxAge(0) : cookie);
        return true;
    }

    /** Keeps a staff sign-in alive while it is used. */
    void renew(RoutingContext routing) {
        Session session = read(routing);
        Instant now = clock.instant();
        if (session.staff()
                .filter(s -> s.seen().plus(RENEWED_EVERY).isBefore(now))
                .isPresent()) {
            write(routing, session.seen(now));
        }
    }

    private String name(RoutingContext routing) {
        return transport.encrypted(routing) ? "__Host-session" : "session";
    }

    private String sealed(Session session) {
        try {
            byte[] sealed = seal.encrypt(SessionFormat.write(session), CONTEXT);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Session open(String value) {
        try {
            byte[] plain = seal.decrypt(Base64.getUrlDecoder().decode(value), CONTEXT);
            return SessionFormat.read(plain);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            return Session.empty();
        }
    }
}
