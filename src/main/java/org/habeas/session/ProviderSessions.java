package org.habeas.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The sessions of those who signed in at a provider: the browser has a random secret, the portal's database the rest. They end
 * after idle time, after a working day, and when the provider says so on the back channel, on every replica.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class ProviderSessions implements TokenStateManager {
    private static final Logger LOG = Logger.getLogger(ProviderSessions.class);

    private final SessionStore store;
    private final ObjectMapper json;

    ProviderSessions(SessionStore store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    @Override
    public Uni<String> createTokenState(
            RoutingContext routing,
            OidcTenantConfig tenant,
            AuthorizationCodeTokens tokens,
            OidcRequestContext<String> request) {
        LOG.info("a sign-in with a provider");
        return request.runBlocking(() -> keep(tenant, tokens));
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(
            RoutingContext routing,
            OidcTenantConfig tenant,
            String cookie,
            OidcRequestContext<AuthorizationCodeTokens> request) {
        return request.runBlocking(() -> find(tenant, cookie))
                .onFailure(AuthenticationFailedException.class)
                .invoke(() -> AskAgain.because(routing));
    }

    @Override
    public Uni<Void> deleteTokens(
            RoutingContext routing, OidcTenantConfig tenant, String cookie, OidcRequestContext<Void> request) {
        return request.runBlocking(() -> {
            store.forget(cookie);
            return null;
        });
    }

    private String keep(OidcTenantConfig tenant, AuthorizationCodeTokens tokens) {
        try {
            JsonNode id = json.readTree(
                    Base64.getUrlDecoder().decode(tokens.getIdToken().split("\\.")[1]));
            return store.keep(new SessionStore.Kept(
                    tenant.tenantId().orElse(""),
                    id.path("iss").asText(),
                    Optional.ofNullable(id.path("sid").textValue()),
                    id.path("sub").asText(),
                    Optional.ofNullable(id.get("auth_time")).map(JsonNode::asLong),
                    text(tokens).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AuthenticationFailedException("the provider's token cannot be read");
        }
    }

    private AuthorizationCodeTokens find(OidcTenantConfig tenant, String cookie) {
        String[] parts = store.find(tenant.tenantId().orElse(""), cookie)
                .map(tokens -> new String(tokens, StandardCharsets.UTF_8).split("\n", -1))
                .orElseThrow(() -> new AuthenticationFailedException("the session has ended"));
        Long expires = parts[3].isEmpty() ? null : Long.valueOf(parts[3]);
        return new AuthorizationCodeTokens(parts[0], parts[1], parts[2].isEmpty() ? null : parts[2], expires);
    }

    /** Tokens hold no line ends. */
    private static String text(AuthorizationCodeTokens tokens) {
        return String.join(
                "\n",
                tokens.getIdToken(),
                Objects.toString(tokens.getAccessToken(), ""),
                Objects.toString(tokens.getRefreshToken(), ""),
                Objects.toString(tokens.getAccessTokenExpiresIn(), ""));
    }
}
