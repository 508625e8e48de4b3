package org.habeas.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which claims of people's provider count as identifiers, as {@code habeas.people-claims} says: {@code KIND=CLAIM}. */
@ApplicationScoped
class ProvenClaims {
    private final Map<String, String> claims = new LinkedHashMap<>();

    ProvenClaims(@ConfigProperty(name = "habeas.people-claims") List<String> settings) {
        for (String pair : settings) {
            String[] sides = pair.strip().split("=", 2);
            claims.put(sides[0], sides[sides.length - 1]);
        }
    }

    /** The claim's name for each kind of identifier. */
    Map<String, String> ofKind() {
        return claims;
    }
}
