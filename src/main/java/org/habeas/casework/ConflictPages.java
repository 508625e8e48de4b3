package org.habeas.casework;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;

/** What an officer sees in place of a case about herself: why, and the way in for when there is nobody else. */
@Path("/cases/{reference}/break-glass")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ConflictPages {
    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance glass(String reference, Invalid errors);
    }

    private final Conflicts conflicts;
    private final CurrentActor actor;
    private final CurrentWords words;

    ConflictPages(Conflicts conflicts, CurrentActor actor, CurrentWords words) {
        this.conflicts = conflicts;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public Response ask(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        return conflicts.stopped(of, actor.officer(), actor.addresses())
                ? Response.ok(Templates.glass(of.text(), Invalid.nothing())).build()
                : see(of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response breakGlass(@PathParam("reference") String reference, @FormParam("reason") String reason) {
        Reference of = Reference.required(reference);
        try {
            conflicts.breakGlass(of, actor.officer(), actor.addresses(), reason);
            return see(of);
        } catch (Invalid e) {
            return Response.status(422).entity(Templates.glass(of.text(), e)).build();
        }
    }

    private Response see(Reference reference) {
        return Response.seeOther(URI.create(words.link("/cases/" + reference.text())))
                .build();
    }
}
