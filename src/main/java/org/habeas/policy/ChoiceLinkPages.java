package org.habeas.policy;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.habeas.problem.Invalid;

/** Where somebody who lost the link to her choice has it sent again. */
@Path("/choice")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ChoiceLinkPages {
    private final ChoiceLinks links;
    private final HttpServerRequest http;

    ChoiceLinkPages(ChoiceLinks links, HttpServerRequest http) {
        this.links = links;
        this.http = http;
    }

    @GET
    public TemplateInstance form() {
        return LostLink.NONE.page(Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(@FormParam("email") String email) {
        try {
            links.ask(email, http.remoteAddress().hostAddress());
            return Response.ok(LostLink.ASKED.page(Invalid.nothing())).build();
        } catch (Invalid e) {
            String typed = email == null ? "" : email;
            return Response.status(422)
                    .entity(new LostLink(false, false, typed).page(e))
                    .build();
        }
    }
}
