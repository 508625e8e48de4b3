package org.habeas.session;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.TenantFeature;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;

/** A bearer token counts when it is meant for the portal ({@code aud}) or was issued to it ({@code azp}); RFC 9068 section 4. */
@ApplicationScoped
@Unremovable
@TenantFeature("api")
class IssuedToPortal implements Validator {
    private final Optional<String> client;

    IssuedToPortal(@ConfigProperty(name = "quarkus.oidc.client-id") Optional<String> client) {
        this.client = client;
    }

    @Override
    public String validate(JwtContext token) throws MalformedClaimException {
        var claims = token.getJwtClaims();
        boolean meant = claims.getAudience().contains(client.orElse(""));
        boolean issued = client.orElse("").equals(claims.getClaimValueAsString("azp"));
        return meant || issued ? null : "The token is for somebody else";
    }
}
