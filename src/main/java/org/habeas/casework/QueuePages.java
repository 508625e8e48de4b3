package org.habeas.casework;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.request.State;

/** The officer's queue; every filter lives in the address. */
@Path("/cases")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class QueuePages {
    /** In the address: every state in which somebody still has to do something. */
    private static final String ACTIVE = "active";

    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance queue(QueuePage page);
    }

    private final Queue queue;
    private final Organisation organisation;
    private final CurrentActor actor;

    QueuePages(Queue queue, DataMap map, CurrentActor actor) {
        this.queue = queue;
        this.organisation = map.organisation();
        this.actor = actor;
    }

    @GET
    public TemplateInstance list(
            @QueryParam("q") String q,
            @QueryParam("right") String right,
            @QueryParam("state") String state,
            @QueryParam("assignee") String assignee,
            @QueryParam("overdue") String overdue,
            @QueryParam("sort") String sort,
            @QueryParam("after") String after) {
        // whoever searches for somebody wants closed cases too
        boolean closedToo = q != null && !q.isBlank();
        boolean usual = !closedToo && (state == null || state.isBlank());
        var asked = QueuePage.Asked.of(q, right, usual ? ACTIVE : state, assignee, overdue, sort);
        String states = ACTIVE.equals(asked.state()) ? active() : asked.state();
        var page = queue.page(QueueFilter.of(states, right, assignee, overdue, q, sort, null, after));
        String officer = actor.officer().name();
        return Templates.queue(new QueuePage(
                asked,
                QueuePage.views(queue.counts(officer), asked, officer),
                page.items().stream()
                        .map(i -> QueuePage.Line.of(i, organisation))
                        .toList(),
                page.next().map(asked::url).orElse(null)));
    }

    private static String active() {
        return QueueFilter.OPEN_STATES.stream().map(State::code).collect(Collectors.joining(","));
    }
}
