package org.habeas.actor;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.habeas.problem.NotAllowed;

/** The staff member behind the present call; the only reader of the security identity. */
@RequestScoped
public class CurrentActor {
    private static final String PEOPLE = "people";

    private final SecurityIdentity identity;
    private final CurrentIdentityAssociation association;
    private final Clock clock;
    private final ProvenClaims claims;

    CurrentActor(SecurityIdentity identity, CurrentIdentityAssociation association, Clock clock, ProvenClaims claims) {
        this.identity = identity;
        this.association = association;
        this.clock = clock;
        this.claims = claims;
    }

    /** The staff member in the role that the call needs; {@link NotAllowed} for everybody else. */
    public Actor as(Actor.Kind kind) {
        if (identity.isAnonymous() || !identity.hasRole(kind.code())) {
            throw new NotAllowed("This needs the role " + kind.code());
        }
        return new Actor(kind, identity.getPrincipal().getName());
    }

    /** The e-mail addresses that the sign-in knows the staff member by; none for local accounts. */
    public Set<String> addresses() {
        if (identity.isAnonymous()) {
            return Set.of();
        }
        Set<String> addresses = new LinkedHashSet<>();
        if (identity.getPrincipal() instanceof JsonWebToken token && token.getClaim("email") instanceof String email) {
            addresses.add(email);
        }
        if (identity.getPrincipal().getName().indexOf('@') > 0) {
            addresses.add(identity.getPrincipal().getName());
        }
        return addresses;
    }

    /** Whether somebody is signed in, with a role or without. */
    public boolean signedIn() {
        return !identity.isAnonymous();
    }

    /**
     * Whether she showed who she is in so long a time. The provider's {@code auth_time} counts (OpenID Connect Core 2); local
     * accounts, which have no stronger proof to give than their one password, always do.
     */
    public boolean signedInWithin(Duration longest) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return !identity.isAnonymous();
        }
        return seconds(token.getClaim("auth_time"))
                .map(Instant::ofEpochSecond)
                .filter(at -> Duration.between(at, clock.instant()).abs().compareTo(longest) < 0)
                .isPresent();
    }

    /** The person whom people's provider has signed in; nobody on pages of staff, and nobody whom it does not prove. */
    public Optional<SignedInPerson> person() {
        if (identity.isAnonymous()
                || !PEOPLE.equals(identity.getAttribute("tenant-id"))
                || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Optional.empty();
        }
        Map<String, String> proven = new LinkedHashMap<>();
        if (truth(token, "email_verified")) {
            text(token, "email").ifPresent(email -> proven.put("email", email));
        }
        if (truth(token, "phone_number_verified")) {
            text(token, "phone_number").ifPresent(phone -> proven.put("phone", phone));
        }
        claims.ofKind().forEach((kind, claim) -> text(token, claim).ifPresent(value -> proven.put(kind, value)));
        return Optional.of(
                new SignedInPerson(token.getIssuer() + " " + token.getSubject(), proven, text(token, "acr")));
    }

    private static boolean truth(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return "true".equals(String.valueOf(value));
    }

    private static Optional<String> text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return Optional.ofNullable(value)
                .map(String::valueOf)
                .map(text -> text.replaceAll("^\"|\"$", "").strip())
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Long> seconds(Object claim) {
        if (claim instanceof Number number) {
            return Optional.of(number.longValue());
        }
        return claim instanceof JsonNumber number ? Optional.of(number.longValue()) : Optional.empty();
    }

    public Actor officer() {
        return as(Actor.Kind.OFFICER);
    }

    /** The staff member with the first role she has, or nobody. */
    public Optional<Actor> staff() {
        return staff(identity);
    }

    /** The same for pages that may not wait, such as those of errors; nobody, as long as it takes time to find out. */
    public Optional<Actor> staffAtOnce() {
        return atOnce().flatMap(CurrentActor::staff);
    }

    private Optional<SecurityIdentity> atOnce() {
        return Optional.ofNullable(association
                .getDeferredIdentity()
                .onFailure()
                .recoverWithNull()
                .subscribeAsCompletionStage()
                .getNow(null));
    }

    private static Optional<Actor> staff(SecurityIdentity identity) {
        if (identity.isAnonymous()) {
            return Optional.empty();
        }
        for (var kind : new Actor.Kind[] {Actor.Kind.OFFICER, Actor.Kind.AUDITOR, Actor.Kind.ADMIN}) {
            if (identity.hasRole(kind.code())) {
                return Optional.of(new Actor(kind, identity.getPrincipal().getName()));
            }
        }
        return Optional.empty();
    }

    /** The roles that the caller has, as far as they are known at once. */
    public Set<String> roles() {
        return atOnce().filter(known -> !known.isAnonymous())
                .map(SecurityIdentity::getRoles)
                .orElse(Set.of());
    }
}
