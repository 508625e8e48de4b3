package org.habeas.session;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Roles;
import org.habeas.vault.Secrets;

/** The staff accounts of a portal without an OpenID Connect provider; one password, and only on a loopback address. */
@ApplicationScoped
public class LocalAccounts implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
    private static final Map<String, String> ROLE_OF = Map.of(
            "officer", Roles.OFFICER,
            "officer2", Roles.OFFICER,
            "auditor", Roles.AUDITOR,
            "admin", Roles.ADMIN);

    private final Optional<String> password;

    LocalAccounts(
            @ConfigProperty(name = "habeas.local-password") Optional<String> password,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean oidc,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.password = password.filter(p -> !oidc && !p.isBlank() && loopback(host));
    }

    /** Whether staff sign in here, with a password. */
    boolean exist() {
        return password.isPresent();
    }

    /** The names of the local accounts that work cases; none where staff sign in with a provider. */
    public Set<String> officers() {
        return exist()
                ? ROLE_OF.keySet().stream()
                        .filter(name -> ROLE_OF.get(name).equals(Roles.OFFICER))
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }

    /** The account, if its name and the password are right; the time taken tells neither. */
    Optional<SecurityIdentity> signIn(String account, String typed) {
        boolean right = Secrets.same(typed, password.orElse("")) & password.isPresent();
        boolean known = ROLE_OF.containsKey(account);
        return right && known ? identity(account) : Optional.empty();
    }

    Optional<SecurityIdentity> identity(String account) {
        return Optional.ofNullable(exist() ? ROLE_OF.get(account) : null).map(role -> QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(account))
                .addRole(role)
                .build());
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        return signIn(request.getUsername(), new String(request.getPassword().getPassword()))
                .map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
