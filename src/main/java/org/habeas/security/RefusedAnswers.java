package org.habeas.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.habeas.problem.SecurityEvent.Kind;
import org.jboss.logging.Logger;

/** Sees every answer that leaves, and counts those that refuse somebody: whatever refused, and wherever. */
@ApplicationScoped
class RefusedAnswers {
    private static final Logger LOG = Logger.getLogger(RefusedAnswers.class);
    /** Before whatever may answer by itself. */
    private static final int FIRST = 2001;

    private static final int LONGEST_ACCOUNT = 200;

    private final Watch watch;

    RefusedAnswers(Watch watch) {
        this.watch = watch;
    }

    void register(@Observes Filters filters) {
        filters.register(
                routing -> {
                    routing.addHeadersEndHandler(done -> look(routing));
                    routing.next();
                },
                FIRST);
    }

    private void look(RoutingContext routing) {
        int status = routing.response().getStatusCode();
        if (status < 400) {
            return;
        }
        try {
            kind(routing, status).ifPresent(kind -> watch.count(kind, account(routing), routing));
        } catch (RuntimeException e) {
            // the answer goes out all the same
            LOG.warnf("a refusal was not counted: %s", e.getClass().getName());
        }
    }

    private static Optional<Kind> kind(RoutingContext routing, int status) {
        boolean page = !routing.normalizedPath().startsWith("/api/");
        return switch (status) {
                // only the form token's guard says 400, and only to pages
            case 400 -> page ? Optional.of(Kind.REFUSED_FORM) : Optional.empty();
            case 401 -> credentials(routing).map(c -> Kind.REFUSED_SIGN_IN);
            case 403 -> Optional.of(
                    page && "cross-site".equals(routing.request().getHeader("Sec-Fetch-Site"))
                            ? Kind.REFUSED_FORM
                            : Kind.REFUSED_ROLE);
            case 429 -> Optional.of(Kind.LIMIT_HIT);
            default -> Optional.empty();
        };
    }

    /** Whoever only has not signed in yet tried nothing. */
    private static Optional<String> credentials(RoutingContext routing) {
        return Optional.ofNullable(routing.request().getHeader("Authorization")).filter(h -> !h.isBlank());
    }

    /** The account that is signed in, or that HTTP Basic names (RFC 7617). */
    private static String account(RoutingContext routing) {
        if (routing.user() != null) {
            return String.valueOf(routing.user().principal().getString("username", ""));
        }
        String basic = credentials(routing)
                .filter(h -> h.regionMatches(true, 0, "Basic ", 0, 6))
                .map(h -> h.substring(6).strip())
                .orElse("");
        try {
            String account = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":", 2)[0];
            return account.length() > LONGEST_ACCOUNT ? "" : account;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
