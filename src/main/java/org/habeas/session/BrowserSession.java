package org.habeas.session;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.util.Optional;

/** The session of the browser behind the present request: which requests it has opened, and what it has noted. */
@RequestScoped
public class BrowserSession {
    private final CurrentVertxRequest request;
    private final SessionCookie cookie;
    private final Clock clock;

    BrowserSession(CurrentVertxRequest request, SessionCookie cookie, Clock clock) {
        this.request = request;
        this.cookie = cookie;
        this.clock = clock;
    }

    /** Whether this browser has given the request's passphrase lately; being asked keeps it so. */
    public boolean holds(String reference) {
        boolean holds = cookie.read(routing()).holds(reference, clock.instant());
        if (holds) {
            open(reference);
        }
        return holds;
    }

    /** Remembers for half an hour that the request's passphrase was given. */
    public void open(String reference) {
        cookie.write(routing(), cookie.read(routing()).opened(reference, clock.instant()));
    }

    /** Forgets the request. */
    public void close(String reference) {
        cookie.write(routing(), cookie.read(routing()).closed(reference));
    }

    /** What was noted under this name in the last half hour; reading it does not prolong it. */
    public Optional<String> note(String name) {
        return Optional.ofNullable(cookie.read(routing()).notes().get(name)).map(Session.Note::text);
    }

    /** Notes something for half an hour; false if it is too much for a cookie, and then nothing changes. */
    public boolean note(String name, String text) {
        return cookie.write(routing(), cookie.read(routing()).noted(name, text, clock.instant()));
    }

    public void forget(String name) {
        cookie.write(routing(), cookie.read(routing()).forgot(name));
    }

    void signIn(String account) {
        cookie.write(routing(), cookie.read(routing()).signedIn(account, clock.instant()));
    }

    void signOut() {
        cookie.write(routing(), cookie.read(routing()).signedOut());
    }

    private RoutingContext routing() {
        return request.getCurrent();
    }
}
