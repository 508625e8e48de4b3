package org.habeas.site;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.habeas.vault.Secrets;
import org.jboss.logging.MDC;

/** Gives every request a number that its answer and its lines in the log carry; a proxy's own is taken over. */
@ApplicationScoped
class RequestId {
    private static final String HEADER = "X-Request-Id";
    private static final Pattern OF_A_PROXY = Pattern.compile("[A-Za-z0-9-]{8,64}");
    private static final int FIRST = 2001;

    void register(@Observes Filters filters) {
        filters.register(this::number, FIRST);
    }

    private void number(RoutingContext routing) {
        String id = Optional.ofNullable(routing.request().getHeader(HEADER))
                .filter(OF_A_PROXY.asMatchPredicate())
                .orElseGet(() -> Secrets.symbols(16));
        MDC.put("request", id);
        routing.response().putHeader(HEADER, id);
        routing.next();
    }
}
