package org.habeas.session;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Ends sessions when the provider says so (OpenID Connect Back-Channel Logout 1.0). Quarkus verifies the logout token and
 * remembers it on this replica until somebody signs in; what it accepted is carried out here for all replicas at once.
 */
@ApplicationScoped
class BackChannel {
    private static final String PATH = "/logout/backchannel";
    private static final int BEFORE_ENDPOINTS = 1998;

    private final SessionStore sessions;
    private final Vertx vertx;

    BackChannel(SessionStore sessions, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
    }

    void listen(@Observes Filters filters) {
        filters.register(this::listen, BEFORE_ENDPOINTS);
    }

    private void listen(RoutingContext routing) {
        if (routing.normalizedPath().equals(PATH)) {
            routing.addHeadersEndHandler(answered -> {
                if (routing.response().getStatusCode() == 200) {
                    payload(routing.request().getFormAttribute("logout_token")).ifPresent(this::end);
                }
            });
        }
        routing.next();
    }

    private void end(JsonObject token) {
        String issuer = String.valueOf(token.getString("iss"));
        Optional<String> session = Optional.ofNullable(token.getString("sid"));
        Callable<Void> ending = () -> {
            session.ifPresentOrElse(
                    one -> sessions.endSession(issuer, one),
                    () -> sessions.endSubject(issuer, String.valueOf(token.getString("sub"))));
            return null;
        };
        vertx.executeBlocking(ending, false);
    }

    /** What the token says, its signature already verified. */
    private static Optional<JsonObject> payload(String token) {
        try {
            return Optional.ofNullable(token)
                    .map(t -> new String(Base64.getUrlDecoder().decode(t.split("\\.")[1]), StandardCharsets.UTF_8))
                    .map(JsonObject::new);
        } catch (IllegalArgumentException | DecodeException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
