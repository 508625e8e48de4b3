package org.habeas.session;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the browser reaches the portal over TLS: directly, through a trusted proxy, or by its public address. */
@ApplicationScoped
public class Transport {
    private final boolean published;

    Transport(@ConfigProperty(name = "habeas.public-url") String publicUrl) {
        this.published = publicUrl.startsWith("https://");
    }

    /** X-Forwarded-Proto counts only where Quarkus is told to trust the proxy, and then it is the request's scheme. */
    public boolean encrypted(RoutingContext routing) {
        return published
                || routing.request().isSSL()
                || "https".equals(routing.request().scheme());
    }
}
