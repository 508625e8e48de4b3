package org.habeas.session;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.habeas.problem.Unavailable;

/**
 * The one way in: local accounts where there are any, else the OpenID Connect provider, and for people's own pages their
 * provider. A provider that does not answer is told to whoever has to sign in, and to nobody else.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class SignIn implements HttpAuthenticationMechanism {
    /** Where people, not staff, are signed in. */
    static final String PEOPLES = "/mine";

    private static final String TROUBLE = SignIn.class.getName();
    private static final String AWAY = "errors_provider_away";

    private final LocalSignIn local;
    private final LocalAccounts accounts;
    private final OidcAuthenticationMechanism provider;
    private final Reach reach;

    SignIn(LocalSignIn local, LocalAccounts accounts, OidcAuthenticationMechanism provider, Reach reach) {
        this.local = local;
        this.accounts = accounts;
        this.provider = provider;
        this.reach = reach;
    }

    /** The key of the words that say why this request was refused, where the sign-in knows more than its status tells. */
    public static Optional<String> trouble(RoutingContext routing) {
        return Optional.ofNullable(routing.get(TROUBLE));
    }

    static void trouble(RoutingContext routing, String words) {
        routing.put(TROUBLE, words);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext routing, IdentityProviderManager providers) {
        if (here(routing)) {
            return local.authenticate(routing, providers);
        }
        return provider.authenticate(routing, providers)
                .onFailure(OIDCException.class)
                .transform(away -> new Unavailable(AWAY));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext routing) {
        if (here(routing)) {
            return local.getChallenge(routing);
        } else if (LocalSignIn.api(routing)) {
            return provider.getChallenge(routing);
        } else if (routing.request().method() != HttpMethod.GET) {
            // what was typed cannot travel to the provider and back: begin again at the list
            return Uni.createFrom()
                    .item(new ChallengeData(303, "Location", "/login?to=" + encoded(pageBefore(routing))));
        }
        return reach.provider(peoples(routing))
                .chain(answers -> answers
                        ? provider.getChallenge(routing)
                        : Uni.createFrom().item(away(routing)))
                .onFailure(OIDCException.class)
                .recoverWithItem(() -> away(routing));
    }

    private static ChallengeData away(RoutingContext routing) {
        trouble(routing, AWAY);
        return new ChallengeData(503, "Retry-After", "30");
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        Set<Class<? extends AuthenticationRequest>> types = new HashSet<>(provider.getCredentialTypes());
        types.add(UsernamePasswordAuthenticationRequest.class);
        return types;
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext routing) {
        return here(routing) ? Uni.createFrom().nullItem() : provider.getCredentialTransport(routing);
    }

    private boolean here(RoutingContext routing) {
        return accounts.exist() && !peoples(routing);
    }

    static boolean peoples(RoutingContext routing) {
        String path = routing.normalizedPath();
        return path.equals(PEOPLES) || path.startsWith(PEOPLES + "/");
    }

    /** No browser tells where a form stood (Referrer-Policy: no-referrer): the list that the form's subject is on. */
    private static String pageBefore(RoutingContext routing) {
        return routing.normalizedPath().replaceAll("^(/[^/]*).*", "$1");
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
