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
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** One case on the officer's screen, and what she does with it besides reading findings and deciding. */
@Path("/cases/{reference}")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class CasePages {
    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance messages(CasePage page, Invalid errors);

        static native TemplateInstance notes(CasePage page, Invalid errors);

        static native TemplateInstance letterOnPaper(CasePage page, CaseFile.Letter letter, String day);
    }

    private final Cases cases;
    private final CaseFiles files;
    private final DataMap map;
    private final CurrentActor actor;
    private final CurrentWords words;

    CasePages(Cases cases, CaseFiles files, DataMap map, CurrentActor actor, CurrentWords words) {
        this.cases = cases;
        this.files = files;
        this.map = map;
        this.actor = actor;
        this.words = words;
    }

    /** Something that an officer does with a case. */
    interface Command {
        void accept(Reference reference, Actor officer);
    }

    @GET
    @Path("messages")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance messages(@PathParam("reference") String reference, @QueryParam("said") String said) {
        return Templates.messages(page(reference, "messages", said), Invalid.nothing());
    }

    /** One letter as it goes into an envelope, for somebody who has no e-mail address. */
    @GET
    @Path("messages/{number}")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance letter(@PathParam("reference") String reference, @PathParam("number") int number) {
        CasePage page = page(reference, "messages", null);
        List<CaseFile.Letter> letters = page.getFile().messages();
        if (number < 1 || number > letters.size()) {
            throw new NotFound("");
        }
        CaseFile.Letter letter = letters.get(number - 1);
        LocalDate day = LocalDate.ofInstant(letter.at(), map.organisation().zone());
        // in the language of the letter, whatever the officer reads
        return Templates.letterOnPaper(
                page, letter, Words.of(page.getFile().language()).date(day));
    }

    @GET
    @Path("notes")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance notes(@PathParam("reference") String reference, @QueryParam("said") String said) {
        return Templates.notes(page(reference, "notes", said), Invalid.nothing());
    }

    @POST
    @Path("messages")
    public Response write(
            @PathParam("reference") String reference,
            @FormParam("text") String text,
            @FormParam("awaits_answer") boolean awaits) {
        return after(
                reference,
                "/messages?said=written",
                (of, officer) -> cases.write(of, officer, text, awaits),
                e -> Templates.messages(page(reference, "messages", null), e));
    }

    @POST
    @Path("notes")
    public Response note(@PathParam("reference") String reference, @FormParam("text") String text) {
        return after(
                reference,
                "/notes?said=noted",
                (of, officer) -> cases.note(of, officer, text),
                e -> Templates.notes(page(reference, "notes", null), e));
    }

    @POST
    @Path("assignee")
    public Response assign(
            @PathParam("reference") String reference,
            @FormParam("release") boolean release,
            @FormParam("take_over") boolean takeOver) {
        return after(reference, "?said=assigned", (of, officer) -> {
            if (release) {
                cases.release(of, officer);
            } else {
                cases.assign(of, officer, officer.name(), takeOver);
            }
        });
    }

    @POST
    @Path("duplicate")
    public Response duplicate(@PathParam("reference") String reference, @FormParam("of") String other) {
        return after(
                reference,
                "?said=duplicate",
                (of, officer) -> cases.closeAsDuplicate(
                        of, officer, Optional.ofNullable(other).map(Reference::required)));
    }

    @POST
    @Path("extension")
    public Response extend(@PathParam("reference") String reference, @FormParam("reason") String reason) {
        return after(reference, "?said=extended", (of, officer) -> cases.extend(of, officer, reason, null));
    }

    @POST
    @Path("pauses")
    public Response pause(@PathParam("reference") String reference, @FormParam("reason") String reason) {
        return after(reference, "?said=paused", (of, officer) -> cases.pause(of, officer, reason));
    }

    @POST
    @Path("resumption")
    public Response resume(@PathParam("reference") String reference) {
        return after(reference, "?said=resumed", cases::resume);
    }

    @POST
    @Path("verification")
    public Response verify(
            @PathParam("reference") String reference,
            @FormParam("method") String method,
            @FormParam("note") String note) {
        return after(reference, "?said=verified", (of, officer) -> cases.verify(of, officer, method, note));
    }

    private Response after(String reference, String then, Command command) {
        return after(reference, then, command, e -> Templates.messages(page(reference, "messages", null), e));
    }

    /** Does it and shows the case anew, or shows the page again with what is wrong. */
    private Response after(String reference, String then, Command command, Function<Invalid, TemplateInstance> again) {
        Reference of = Reference.required(reference);
        try {
            command.accept(of, actor.officer());
            return Response.seeOther(URI.create(words.link("/cases/" + of.text() + then)))
                    .build();
        } catch (Invalid e) {
            return Response.status(422).entity(again.apply(e)).build();
        }
    }

    private CasePage page(String reference, String tab, String said) {
        var file = files.read(Reference.required(reference), words.words());
        return new CasePage(file, tab, actor.officer().name(), Said.known(said), map, words.words());
    }
}
