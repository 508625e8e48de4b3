package org.habeas.mandate;

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
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.habeas.identity.Holder;
import org.habeas.identity.PersonSession;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Where somebody who asks for another person sends what shows that she may. */
@Path("/request/{reference}/mandate")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class MandatePages {
    @CheckedTemplate(basePath = "mandate", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance send(Mandate mandate, Invalid errors);
    }

    private final PersonSession session;
    private final Mandates mandates;
    private final CurrentWords words;

    MandatePages(PersonSession session, Mandates mandates, CurrentWords words) {
        this.session = session;
        this.mandates = mandates;
        this.words = words;
    }

    @GET
    public Response page(@PathParam("reference") String reference) {
        return session.holder(reference)
                .map(holder -> Response.ok(page(holder, Invalid.nothing())).build())
                .orElseGet(() -> to(Reference.required(reference), ""));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response send(@PathParam("reference") String reference, @RestForm("file") List<FileUpload> files) {
        Optional<Holder> holder = session.holder(reference);
        if (holder.isEmpty()) {
            return to(Reference.required(reference), "");
        }
        try {
            Received.hand(files, holder.get(), mandates);
            return to(holder.get().reference(), "/mandate");
        } catch (Invalid e) {
            return Response.status(422).entity(page(holder.get(), e)).build();
        }
    }

    private TemplateInstance page(Holder holder, Invalid errors) {
        return Templates.send(mandates.of(holder.reference()), errors);
    }

    private Response to(Reference reference, String then) {
        return Response.seeOther(URI.create(words.link("/request/" + reference.text() + then)))
                .build();
    }
}
