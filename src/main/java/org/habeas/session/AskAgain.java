package org.habeas.session;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.OidcRedirectFilter;
import io.quarkus.oidc.Redirect;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells the provider to ask for the password once more (OpenID Connect Core 3.1.2.1): where that is what somebody came for, and
 * after a session has ended here, which the provider's own session may have outlived.
 */
@ApplicationScoped
@Unremovable
@Redirect(Redirect.Location.OIDC_AUTHORIZATION)
class AskAgain implements OidcRedirectFilter {
    static final String PATH = "/sign-in-again";
    private static final String ENDED = AskAgain.class.getName();

    static void because(RoutingContext sessionEnded) {
        sessionEnded.put(ENDED, true);
    }

    static boolean ended(RoutingContext routing) {
        return routing.get(ENDED) != null;
    }

    @Override
    public void filter(OidcRedirectContext redirect) {
        RoutingContext routing = redirect.routingContext();
        if (routing.normalizedPath().equals(PATH) || ended(routing)) {
            redirect.additionalQueryParams().set("prompt", "login").set("max_age", "0");
        }
    }
}
