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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;
import org.jspecify.annotations.Nullable;

/** Who received the person's data and was told of what became of it (Article 19), on the officer's screen. */
@Path("/cases/{reference}")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class RecipientPages {
    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance recipients(
                CasePage page, Invalid errors, List<Shown> notices, List<String> answers);
    }

    /** A recipient with its systems as people call them. */
    public record Shown(Recipients.Notice notice, String systems) {}

    private final Recipients recipients;
    private final Restricting restricting;
    private final CaseFiles files;
    private final DataMap map;
    private final CurrentActor actor;
    private final CurrentWords words;

    RecipientPages(
            Recipients recipients,
            Restricting restricting,
            CaseFiles files,
            DataMap map,
            CurrentActor actor,
            CurrentWords words) {
        this.recipients = recipients;
        this.restricting = restricting;
        this.files = files;
        this.map = map;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Path("recipients")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance list(@PathParam("reference") String reference, @QueryParam("said") String said) {
        return list(reference, said, Invalid.nothing());
    }

    @POST
    @Path("recipients/{id}/told")
    public Response told(@PathParam("reference") String reference, @PathParam("id") String id) {
        recipients.told(Reference.required(reference), id, actor.officer());
        return see(reference, "/recipients?said=told");
    }

    @POST
    @Path("recipients/{id}/answer")
    public Response answered(
            @PathParam("reference") String reference, @PathParam("id") String id, @FormParam("answer") String answer) {
        try {
            recipients.answered(Reference.required(reference), id, answer, actor.officer());
            return see(reference, "/recipients?said=answered");
        } catch (Invalid e) {
            return Response.status(422).entity(list(reference, null, e)).build();
        }
    }

    @POST
    @Path("restriction/end")
    public Response end(@PathParam("reference") String reference) {
        restricting.end(Reference.required(reference), actor.officer());
        return see(reference, "/recipients?said=ending");
    }

    private TemplateInstance list(String reference, @Nullable String said, Invalid errors) {
        Reference of = Reference.required(reference);
        var page = new CasePage(
                files.read(of, words.words()),
                "recipients",
                actor.officer().name(),
                Said.known(said),
                map,
                words.words());
        List<Shown> shown = recipients.of(of).stream()
                .map(n -> new Shown(n, recipients.titles(n)))
                .toList();
        List<String> answers = Arrays.stream(Recipients.Answer.values())
                .map(Recipients.Answer::code)
                .toList();
        return Templates.recipients(page, errors, shown, answers);
    }

    private Response see(String reference, String part) {
        return Response.seeOther(URI.create(
                        words.link("/cases/" + Reference.required(reference).text() + part)))
                .build();
    }
}
