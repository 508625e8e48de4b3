package org.habeas.promise;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
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
import org.habeas.identity.PersonSession;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.words.CurrentWords;

/** Where a person says that she wants to be told, or not; who has not shown the passphrase is asked for that first. */
@Path("/request/{reference}/promise")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PromisePages {
    @CheckedTemplate(basePath = "promise", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance promise(String reference, Promises.Wish wish);
    }

    private final PersonSession session;
    private final Promises promises;
    private final CurrentWords words;

    PromisePages(PersonSession session, Promises promises, CurrentWords words) {
        this.session = session;
        this.promises = promises;
        this.words = words;
    }

    @GET
    public Response ask(@PathParam("reference") String reference) {
        String name = known(reference);
        return session.holder(name)
                .map(holder -> Response.ok(Templates.promise(name, promises.wish(holder)))
                        .build())
                .orElseGet(() -> to("/request/" + name));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(@PathParam("reference") String reference, @FormParam("wanted") boolean wanted) {
        String name = known(reference);
        session.holder(name).ifPresent(holder -> {
            if (wanted) {
                promises.make(holder);
            } else {
                promises.takeBack(holder);
            }
        });
        return to("/request/" + name + "/promise");
    }

    private static String known(String reference) {
        return Reference.typed(reference)
                .orElseThrow(() -> new NotFound(Requests.UNKNOWN))
                .text();
    }

    private Response to(String page) {
        return Response.seeOther(URI.create(words.link(page))).build();
    }
}
