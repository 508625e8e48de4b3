package org.habeas.session;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.Set;
import org.habeas.problem.SecurityEvent;

/** Signs staff with a local account in and out of the browser's session. */
@RequestScoped
public class StaffSignIn {
    private final LocalAccounts accounts;
    private final BrowserSession session;
    private final Event<SecurityEvent> failures;

    StaffSignIn(LocalAccounts accounts, BrowserSession session, Event<SecurityEvent> failures) {
        this.failures = failures;
        this.accounts = accounts;
        this.session = session;
    }

    /** Whether there are local accounts: not with OpenID Connect, not beyond a loopback address. */
    public boolean local() {
        return accounts.exist();
    }

    /** The roles of the account that is now signed in; nothing if the name or the password is wrong. */
    public Optional<Set<String>> signIn(String account, String password) {
        Optional<SecurityIdentity> identity = accounts.signIn(account, password);
        identity.ifPresentOrElse(
                i -> session.signIn(account),
                () -> failures.fire(new SecurityEvent(SecurityEvent.Kind.REFUSED_SIGN_IN, account)));
        return identity.map(SecurityIdentity::getRoles);
    }

    public void signOut() {
        session.signOut();
    }
}
