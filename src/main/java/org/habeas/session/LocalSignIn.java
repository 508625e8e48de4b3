package org.habeas.session;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * How local accounts prove themselves: HTTP Basic (RFC 7617) for the API, the session cookie for pages. A cookie counts for
 * nothing on the API, so that no other site's form can use it; a page never asks for Basic, so that no browser pops up.
 */
@ApplicationScoped
class LocalSignIn {
    private static final String BASIC = "basic ";

    private final LocalAccounts accounts;
    private final SessionCookie cookie;

    LocalSignIn(LocalAccounts accounts, SessionCookie cookie) {
        this.accounts = accounts;
        this.cookie = cookie;
    }

    Uni<SecurityIdentity> authenticate(RoutingContext routing, IdentityProviderManager providers) {
        return api(routing) ? basic(routing, providers) : Uni.createFrom().item(session(routing));
    }

    private SecurityIdentity session(RoutingContext routing) {
        Optional<SecurityIdentity> identity =
                cookie.read(routing).staff().flatMap(staff -> accounts.identity(staff.account()));
        if (identity.isPresent()) {
            cookie.renew(routing);
        }
        return identity.orElse(null);
    }

    private static Uni<SecurityIdentity> basic(RoutingContext routing, IdentityProviderManager providers) {
        String header = routing.request().getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Uni.createFrom().nullItem();
        }
        String[] pair = decoded(header.substring(BASIC.length()).trim()).split(":", 2);
        if (pair.length < 2) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        return providers.authenticate(
                new UsernamePasswordAuthenticationRequest(pair[0], new PasswordCredential(pair[1].toCharArray())));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    Uni<ChallengeData> getChallenge(RoutingContext routing) {
        if (api(routing)) {
            return Uni.createFrom()
                    .item(new ChallengeData(401, "WWW-Authenticate", "Basic realm=\"habeas\", charset=\"UTF-8\""));
        }
        // only the path: what was searched for stays out of the next address
        String back = URLEncoder.encode(routing.normalizedPath(), StandardCharsets.UTF_8);
        String language = Optional.ofNullable(routing.queryParams().get("lang"))
                .filter(l -> l.matches("[a-z]{2}"))
                .map(l -> "&lang=" + l)
                .orElse("");
        return Uni.createFrom().item(new ChallengeData(302, "Location", "/login?to=" + back + language));
    }

    static boolean api(RoutingContext routing) {
        return routing.normalizedPath().startsWith("/api/");
    }
}
