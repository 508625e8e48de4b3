package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;

/** The looks at the queue that an officer keeps for herself. */
@Path("/api/v1/views")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Cases")
class ViewsApi {
    record View(String id, String name, String query) {
        static View of(SavedViews.Saved saved) {
            return new View(saved.id().toString(), saved.name(), saved.query());
        }
    }

    record Views(List<View> items) {}

    private final SavedViews views;
    private final CurrentActor actor;

    ViewsApi(SavedViews views, CurrentActor actor) {
        this.views = views;
        this.actor = actor;
    }

    @GET
    public Views list() {
        return new Views(views.of(actor.officer().name()).stream().map(View::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response keep(View body) {
        View kept = View.of(views.keep(actor.officer(), body.name(), body.query()));
        return Response.status(Response.Status.CREATED).entity(kept).build();
    }

    @DELETE
    @Path("{id}")
    public Response drop(@PathParam("id") String id) {
        views.drop(actor.officer(), id);
        return Response.noContent().build();
    }
}
