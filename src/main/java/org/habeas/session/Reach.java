package org.habeas.session;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** Whether a provider's server can be reached now, so that nobody is sent to a browser's own error page. */
@ApplicationScoped
class Reach {
    private static final int MILLISECONDS = 2_000;

    private final TenantConfigBean tenants;
    private final NetClient client;

    Reach(TenantConfigBean tenants, Vertx vertx) {
        this.tenants = tenants;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(MILLISECONDS));
    }

    /** People's provider or staff's; behind a proxy, or without an address, it counts as reachable. */
    Uni<Boolean> provider(boolean peoples) {
        var context = peoples ? tenants.getStaticTenant("people") : tenants.getDefaultTenant();
        var config = context == null ? null : context.oidcConfig();
        if (config == null
                || config.authServerUrl().isEmpty()
                || config.proxy().host().isPresent()) {
            return Uni.createFrom().item(true);
        }
        return answers(URI.create(config.authServerUrl().get()));
    }

    private Uni<Boolean> answers(URI server) {
        int port = server.getPort() > 0 ? server.getPort() : server.getScheme().equals("https") ? 443 : 80;
        return Uni.createFrom()
                .completionStage(() -> client.connect(port, server.getHost()).toCompletionStage())
                .chain(socket ->
                        Uni.createFrom().completionStage(() -> socket.close().toCompletionStage()))
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(false);
    }
}
