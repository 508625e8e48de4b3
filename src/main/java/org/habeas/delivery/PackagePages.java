package org.habeas.delivery;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.habeas.identity.Holder;
import org.habeas.identity.PersonSession;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.words.CurrentWords;

/** The form on the status page that fetches the package; who has not shown the passphrase is asked for that first. */
@Path("/request/{reference}/package")
@PermitAll
@Blocking
public class PackagePages {
    @CheckedTemplate(basePath = "delivery", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance download(String reference, Invalid errors);
    }

    private final PersonSession session;
    private final Packages packages;
    private final CurrentWords words;

    PackagePages(PersonSession session, Packages packages, CurrentWords words) {
        this.session = session;
        this.packages = packages;
        this.words = words;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces({MediaType.TEXT_HTML, "application/zip"})
    public Response download(@PathParam("reference") String reference, @FormParam("code") String code) {
        String name = Reference.typed(reference)
                .orElseThrow(() -> new NotFound(Requests.UNKNOWN))
                .text();
        Optional<Holder> holder = session.holder(name);
        if (holder.isEmpty()) {
            return Response.seeOther(URI.create(words.link("/request/" + name))).build();
        }
        try {
            return packages.open(holder.get(), code).answer();
        } catch (Invalid wrong) {
            return Response.status(422)
                    .type(MediaType.TEXT_HTML)
                    .entity(Templates.download(name, wrong))
                    .build();
        }
    }
}
