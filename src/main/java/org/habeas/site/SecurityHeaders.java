package org.habeas.site;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.session.Transport;

/** Headers on every answer: nothing from elsewhere, no framing, no referrer, nothing stored that is not static. */
@ApplicationScoped
class SecurityHeaders {
    private static final int FIRST = 2000;
    private static final Pattern LEAVING = Pattern.compile("/logout|/mine/leave|/request/[^/]+/leave");

    private final Map<String, String> fixed;
    private final Transport transport;

    SecurityHeaders(
            Transport transport,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean signsInElsewhere,
            @ConfigProperty(name = "quarkus.oidc.people.auth-server-url") Optional<String> peoples) {
        this.transport = transport;
        // a form may lead on to the provider's sign-in page, and to nowhere else
        String forms = (signsInElsewhere ? provider.map(SecurityHeaders::origin).orElse("") : "")
                + peoples.map(SecurityHeaders::origin).orElse("");
        this.fixed = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                        + "form-action 'self'" + forms + "; frame-ancestors 'none'; base-uri 'none'",
                "Referrer-Policy",
                "no-referrer",
                "X-Content-Type-Options",
                "nosniff",
                "X-Frame-Options",
                "DENY",
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Cross-Origin-Resource-Policy",
                "same-origin",
                "Cross-Origin-Embedder-Policy",
                "require-corp");
    }

    void register(@Observes Filters filters) {
        filters.register(this::protect, FIRST);
    }

    private void protect(RoutingContext routing) {
        routing.addHeadersEndHandler(done -> write(routing));
        routing.next();
    }

    private void write(RoutingContext routing) {
        MultiMap headers = routing.response().headers();
        fixed.forEach((name, value) -> {
            // one page only has a stricter policy of its own: the preview of what a person gets
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
        if ("text/html".equals(headers.get("Content-Type"))) {
            headers.set("Content-Type", FaultAnswers.HTML);
        }
        boolean found = routing.response().getStatusCode() < 400;
        if (found && String.valueOf(routing.request().path()).startsWith(Assets.FOLDER)) {
            headers.set("Cache-Control", "public, max-age=31536000, immutable");
        } else {
            headers.set("Cache-Control", "no-store");
        }
        if (LEAVING.matcher(String.valueOf(routing.request().path())).matches()) {
            headers.set("Clear-Site-Data", "\"cache\", \"storage\"");
        }
        if (transport.encrypted(routing)) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return " " + uri.getScheme() + "://" + uri.getAuthority();
    }
}
