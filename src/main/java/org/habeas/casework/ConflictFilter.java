package org.habeas.casework;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.request.Reference;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Keeps officers out of other companies' cases, on every page and call of a case; out of cases about themselves, on all but
 * the one that breaks the glass; and remembers who works here.
 */
class ConflictFilter {
    private static final Pattern CASE = Pattern.compile("/(?:api/v1/)?cases/([^/]+)(/.*)?");

    private static final Pattern QUEUE = Pattern.compile("/(?:api/v1/)?cases");

    private final Remits remits;
    private final Conflicts conflicts;
    private final Officers officers;
    private final CurrentActor actor;

    ConflictFilter(Remits remits, Conflicts conflicts, Officers officers, CurrentActor actor) {
        this.remits = remits;
        this.conflicts = conflicts;
        this.officers = officers;
        this.actor = actor;
    }

    @ServerRequestFilter
    Optional<Response> check(ContainerRequestContext request) {
        String asked = request.getUriInfo().getPath();
        if (QUEUE.matcher(asked).matches()) {
            actor.staff().ifPresent(officers::came);
        }
        Matcher path = CASE.matcher(asked);
        if (!path.matches()) {
            return Optional.empty();
        }
        boolean page = request.getMethod().equals("GET") && !asked.startsWith("/api/");
        boolean glass = "/break-glass".equals(path.group(2));
        return Reference.typed(path.group(1)).flatMap(reference -> actor.staff().flatMap(officer -> {
            remits.mustCover(reference, officer);
            return glass ? Optional.empty() : page ? toTheGlass(reference, officer) : refuse(reference, officer);
        }));
    }

    private Optional<Response> toTheGlass(Reference reference, Actor officer) {
        return conflicts.stopped(reference, officer, actor.addresses())
                ? Optional.of(Response.seeOther(URI.create("/cases/" + reference.text() + "/break-glass"))
                        .build())
                : Optional.empty();
    }

    private Optional<Response> refuse(Reference reference, Actor officer) {
        conflicts.mustBeAboutSomebodyElse(reference, officer, actor.addresses());
        return Optional.empty();
    }
}
