package org.habeas.actor;

import java.util.Map;
import java.util.Optional;

/**
 * A person whom people's identity provider has signed in: who she is there ({@code issuer subject}), what it has proven of her
 * by kind of identifier, and how strongly ({@code acr}, OpenID Connect Core 2). Prints without any of it.
 */
public record SignedInPerson(String subject, Map<String, String> proven, Optional<String> acr) {
    @Override
    public String toString() {
        return "SignedInPerson[…]";
    }
}
