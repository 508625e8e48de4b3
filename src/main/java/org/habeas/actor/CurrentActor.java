package org.habeas.actor;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.habeas.problem.NotAllowed;

/** The staff member behind the present call; the only reader of the security identity. */
@RequestScoped
public class CurrentActor {
    private final SecurityIdentity identity;

    private final CurrentIdentityAssociation association;

    CurrentActor(SecurityIdentity identity, CurrentIdentityAssociation association) {
        this.identity = identity;
        this.association = association;
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
        return Optional.ofNullable(
                association.getDeferredIdentity().subscribeAsCompletionStage().getNow(null));
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
