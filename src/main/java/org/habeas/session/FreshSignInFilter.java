package org.habeas.session;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.CurrentActor;

/** Sends staff whose sign-in is too old to sign in once more: pages there and back, programs with the challenge of RFC 9470. */
@Provider
@FreshSignIn
class FreshSignInFilter implements ContainerRequestFilter {
    private final CurrentActor actor;
    private final RoutingContext routing;
    private final Duration longest;

    FreshSignInFilter(
            CurrentActor actor,
            RoutingContext routing,
            @ConfigProperty(name = "habeas.fresh-sign-in") Duration longest) {
        this.actor = actor;
        this.routing = routing;
        this.longest = longest;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (actor.signedInWithin(longest)) {
            return;
        }
        request.abortWith(
                LocalSignIn.api(routing)
                        ? challenge()
                        : again(request.getUriInfo().getRequestUri()));
    }

    private Response challenge() {
        SignIn.trouble(routing, "errors_sign_in_again");
        return Response.status(401)
                .header(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_user_authentication\", error_description=\"The sign-in is too old\","
                                + " max_age=\"" + longest.toSeconds() + '"')
                .build();
    }

    /** The page with the form lies beside the address that the form is sent to. */
    private static Response again(URI posted) {
        String page = posted.getPath().replaceAll("/[^/]*$", "/decision");
        return Response.seeOther(URI.create("/sign-in-again?to=" + page)).build();
    }
}
