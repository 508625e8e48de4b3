package org.habeas.site;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.habeas.problem.Invalid.Violation;

/** What never reaches an endpoint: malformed headers and paths, bodies that are too large, failures below Jakarta REST. */
@ApplicationScoped
class FaultRoutes {
    private static final int BEFORE_SECURITY = 1999;

    private static final int BEFORE_ENDPOINTS = -1000;

    private final FaultAnswers answers;
    private final CurrentVertxRequest current;

    FaultRoutes(FaultAnswers answers, CurrentVertxRequest current) {
        this.answers = answers;
        this.current = current;
    }

    void check(@Observes Filters filters) {
        filters.register(this::check, BEFORE_SECURITY);
    }

    void handleFailures(@Observes Router router) {
        router.route().order(BEFORE_ENDPOINTS).failureHandler(this::failed);
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415}) {
            router.errorHandler(status, routing -> answer(routing, Fault.of(Fault.refused(status))));
        }
        router.errorHandler(500, this::failed);
    }

    private void check(RoutingContext routing) {
        Optional<Fault> wrong = wrong(routing);
        if (wrong.isPresent()) {
            answer(routing, wrong.get());
            return;
        }
        routing.next();
    }

    private static Optional<Fault> wrong(RoutingContext routing) {
        var request = routing.request();
        MediaTypes type = MediaTypes.of(request.getHeader("Content-Type"));
        if (!readableLanguages(request.getHeader("Accept-Language"))) {
            request.headers().remove("Accept-Language");
        }
        int query = request.uri().indexOf('?');
        if (!readable(query < 0 ? request.uri() : request.uri().substring(0, query))) {
            return Optional.of(Fault.of(404));
        } else if (query >= 0 && !readableQuery(request.uri().substring(query + 1))) {
            return Optional.of(unreadable("query", "problem_query"));
        }
        boolean tokenless = forApi(routing) || request.method().equals(HttpMethod.GET);
        if (tokenless && type.form() && bodiless(request)) {
            // many clients name a form where they send nothing, or follow a redirection; it is no form that needs a
            // token
            request.headers().remove("Content-Type");
        }
        if (!MediaTypes.acceptable(request.getHeader("Accept"))) {
            return Optional.of(Fault.of(406, "problem_accept"));
        } else if (!type.readable()) {
            return Optional.of(Fault.of(415, "problem_content_type"));
        } else if (type.multipart() && type.boundary().isEmpty()) {
            return Optional.of(unreadable("body", "problem_boundary"));
        } else if (forApi(routing) && type.form() && !type.multipart() && !bodiless(request)) {
            // nothing of the API is a form; the form token's guard would say less
            return Optional.of(Fault.of(415, "problem_content_type"));
        } else if (changesByPage(routing) && !type.form()) {
            return Optional.of(Fault.of(415, "problem_form"));
        } else if (changesByPage(routing) && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return Optional.of(Fault.of(403, "errors_detail_400"));
        } else if (length(request.getHeader("Content-Length")) > type.largest()) {
            return Optional.of(Fault.of(413));
        }
        return Optional.empty();
    }

    /** A page is changed by its own forms only: whatever is no form would pass by the form token. */
    private static boolean changesByPage(RoutingContext routing) {
        return !forApi(routing) && routing.request().method().equals(HttpMethod.POST);
    }

    private static boolean forApi(RoutingContext routing) {
        return routing.normalizedPath().startsWith("/api/");
    }

    private static boolean bodiless(HttpServerRequest request) {
        return length(request.getHeader("Content-Length")) == 0 && request.getHeader("Transfer-Encoding") == null;
    }

    /** A list of languages that nobody can read is none, and no reason to refuse (RFC 9110 section 12.5.4). */
    private static boolean readableLanguages(String header) {
        return header == null
                || header.matches("[A-Za-z0-9*,;=.\\s-]{0,500}") && !header.matches(".*[;=]\\s*([,;=].*)?");
    }

    private static long length(String header) {
        return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
    }

    private static Fault unreadable(String field, String why) {
        return new Fault(422, why, List.of(new Violation(field, why)), Optional.empty());
    }

    /** Whether the path is percent-encoded UTF-8 without control characters (RFC 3986 section 2.1). */
    private static boolean readable(String path) {
        try {
            return QueryStringDecoder.decodeComponent(path)
                    .chars()
                    .noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same for the query, where lines may break: which control characters a value may hold says who reads it. */
    private static boolean readableQuery(String query) {
        try {
            return QueryStringDecoder.decodeComponent(query).chars().noneMatch(c -> c == 0 || c == 0xFFFD);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void failed(RoutingContext routing) {
        Throwable thrown = routing.failure();
        if (thrown instanceof AuthenticationFailedException || thrown instanceof AuthenticationRedirectException) {
            routing.next();
        } else if (thrown == null) {
            answer(routing, Fault.of(Fault.refused(routing.statusCode() < 400 ? 500 : routing.statusCode())));
        } else {
            Fault fault = Fault.of(thrown);
            int status = routing.statusCode();
            if (fault.status() == Fault.UNFORESEEN && status >= 400 && status < 500) {
                fault = Fault.of(Fault.refused(status));
            }
            answer(routing, fault.status() == Fault.UNFORESEEN ? answers.unforeseen(thrown) : fault);
        }
    }

    private void answer(RoutingContext routing, Fault fault) {
        HttpServerResponse response = routing.response();
        if (response.ended()) {
            return;
        } else if (response.headWritten()) {
            response.reset();
            return;
        }
        FaultAnswers.Body body = inRequest(routing, fault);
        response.setStatusCode(fault.status()).putHeader("Content-Type", body.type());
        fault.retryAfter().ifPresent(wait -> response.putHeader("Retry-After", String.valueOf(wait.toSeconds())));
        response.end(body.text());
    }

    private FaultAnswers.Body inRequest(RoutingContext routing, Fault fault) {
        ManagedContext context = Arc.container().requestContext();
        boolean mine = !context.isActive();
        if (mine) {
            context.activate();
            current.setCurrent(routing);
        }
        try {
            return answers.body(fault, routing);
        } finally {
            if (mine) {
                context.terminate();
            }
        }
    }
}
