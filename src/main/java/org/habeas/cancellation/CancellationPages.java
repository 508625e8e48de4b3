package org.habeas.cancellation;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where the link in the mail leads that tells of an erasure. */
@Path("/cancellation/{token}")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class CancellationPages {
    @CheckedTemplate(basePath = "cancellation", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance ask(String token, boolean open);

        static native TemplateInstance done();
    }

    private final Cancellations cancellations;

    CancellationPages(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    /** Opening the link does nothing, so that a mail scanner stops nothing. */
    @GET
    public TemplateInstance ask(@PathParam("token") String token) {
        return Templates.ask(token, cancellations.open(token));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance cancel(@PathParam("token") String token) {
        cancellations.cancel(token);
        return Templates.done();
    }
}
