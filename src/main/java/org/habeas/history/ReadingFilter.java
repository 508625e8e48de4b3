package org.habeas.history;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.audit.Act;
import org.habeas.request.Reference;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * What officers read of people is in the history too: the queue, a case and its parts, the holds. First the entry, then the
 * answer; one that is not allowed to read is turned away before.
 */
class ReadingFilter {
    private static final Pattern CASE = Pattern.compile("/(?:api/v1/)?cases/([^/]+)(?:/(.+))?");
    private static final Pattern LIST = Pattern.compile("/(?:api/v1/)?(cases|holds)/?");

    private final Reading reading;
    private final CaseGlance cases;
    private final CurrentActor actor;

    ReadingFilter(Reading reading, CaseGlance cases, CurrentActor actor) {
        this.reading = reading;
        this.cases = cases;
        this.actor = actor;
    }

    @ServerRequestFilter(priority = Priorities.USER + 1)
    void note(ContainerRequestContext request) {
        if (!request.getMethod().equals("GET")) {
            return;
        }
        String path = request.getUriInfo().getPath();
        Matcher one = CASE.matcher(path);
        Matcher all = LIST.matcher(path);
        if (all.matches()) {
            officer().ifPresent(officer -> reading.note(Act.of(all.group(1) + ".listed", officer)));
        } else if (one.matches()) {
            Reference.typed(one.group(1))
                    .flatMap(reference -> officer().flatMap(officer -> cases.find(reference)
                            .map(found -> Act.of("case.read", officer).about(found.id()))))
                    .ifPresent(act -> reading.note(act.fact("part", part(one.group(2)))));
        }
    }

    private Optional<Actor> officer() {
        return actor.staff().filter(staff -> staff.kind() == Actor.Kind.OFFICER);
    }

    /** The part of the case as the address names it, as far as that is short and plain. */
    private static String part(String rest) {
        return rest == null || !rest.matches("[\\w./-]{1,200}") ? null : rest;
    }
}
