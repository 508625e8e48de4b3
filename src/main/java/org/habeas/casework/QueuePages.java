package org.habeas.casework;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;
import org.jspecify.annotations.Nullable;

/** The officer's queue; every filter lives in the address. */
@Path("/cases")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class QueuePages {
    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance queue(QueuePage page);
    }

    /** The address's parameters; each may be missing. */
    public static class Parameters {
        @QueryParam("q")
        String q;

        @QueryParam("right")
        String right;

        @QueryParam("state")
        String state;

        @QueryParam("assignee")
        String assignee;

        @QueryParam("overdue")
        String overdue;

        @QueryParam("within")
        String within;

        @QueryParam("waiting")
        String waiting;

        @QueryParam("restricted")
        String restricted;

        @QueryParam("sort")
        String sort;

        QueuePage.Asked asked() {
            return QueuePage.Asked.of(q, right, state, assignee, overdue, within, waiting, restricted, sort);
        }
    }

    private final Queue queue;
    private final Cases cases;
    private final SavedViews views;
    private final Officers officers;
    private final Organisation organisation;
    private final CurrentActor actor;
    private final CurrentWords words;

    QueuePages(
            Queue queue,
            Cases cases,
            SavedViews views,
            Officers officers,
            DataMap map,
            CurrentActor actor,
            CurrentWords words) {
        this.queue = queue;
        this.cases = cases;
        this.views = views;
        this.officers = officers;
        this.organisation = map.organisation();
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance list(
            @BeanParam Parameters parameters, @QueryParam("after") String after, @QueryParam("said") String said) {
        String officer = actor.officer().name();
        QueuePage.Asked asked = parameters.asked().usual();
        var page = queue.page(asked.filter(officer, after), officer);
        return Templates.queue(new QueuePage(
                asked,
                QueuePage.views(queue.counts(officer), asked, officer),
                views.of(officer),
                List.copyOf(officers.names()),
                page.items().stream()
                        .map(i -> QueuePage.Line.of(i, organisation))
                        .toList(),
                Said.known(said),
                page.next().map(asked::url).orElse(null)));
    }

    /** Gives the cases that were chosen in the list to an officer, all or none. */
    @POST
    @Path("assignee")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response assign(
            @FormParam("reference") List<String> references,
            @FormParam("assignee") String assignee,
            @FormParam("take_over") boolean takeOver,
            @FormParam("back") String back) {
        List<Reference> chosen = references == null
                ? List.of()
                : references.stream().map(Reference::required).toList();
        cases.assignAll(chosen, actor.officer(), assignee, takeOver);
        return back(back, "assigned");
    }

    /** Keeps what the list shows under a name. */
    @POST
    @Path("views")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response keep(@FormParam("name") String name, @FormParam("back") String back) {
        views.keep(actor.officer(), name, back);
        return back(back, "kept");
    }

    @POST
    @Path("views/{id}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response drop(@PathParam("id") String id, @FormParam("back") String back) {
        views.drop(actor.officer(), id);
        return back(back, "dropped");
    }

    /** Back to the list as it was: never to anywhere but the queue. */
    private Response back(@Nullable String back, String said) {
        String query = SavedViews.query(back);
        return Response.seeOther(
                        URI.create(words.link("/cases?" + query + (query.isEmpty() ? "" : "&") + "said=" + said)))
                .build();
    }
}
