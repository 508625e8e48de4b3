package org.habeas.mandate;

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

/** Where an officer looks at a mandate and says whether it is enough. */
@Path("/cases/{reference}/mandate")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class MandateReviewPages {
    @CheckedTemplate(basePath = "mandate", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance review(Mandate mandate, String reason, Invalid errors);
    }

    private final Mandates mandates;
    private final CurrentActor actor;
    private final CurrentWords words;

    MandateReviewPages(Mandates mandates, CurrentActor actor, CurrentWords words) {
        this.mandates = mandates;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance review(@PathParam("reference") String reference) {
        return Templates.review(mandates.of(Reference.required(reference)), "", Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(
            @PathParam("reference") String reference,
            @FormParam("accept") String accept,
            @FormParam("reason") String reason) {
        Reference of = Reference.required(reference);
        try {
            mandates.decide(of, actor.officer(), accept == null ? null : "true".equals(accept), reason);
            return Response.seeOther(URI.create(words.link("/cases/" + of.text() + "/mandate")))
                    .build();
        } catch (Invalid e) {
            String typed = reason == null ? "" : reason;
            return Response.status(422)
                    .entity(Templates.review(mandates.of(of), typed, e))
                    .build();
        }
    }
}
