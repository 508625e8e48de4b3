package org.habeas.notification;

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
import java.util.Objects;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;

/** The letter of a refusal before it goes out: to be read by all officers, and edited by the one who decided. */
@Path("/cases/{reference}/letter")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class LetterPages {
    @CheckedTemplate(basePath = "notification", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance letter(String reference, String text, boolean editable, Invalid errors);
    }

    private final RefusalLetters letters;
    private final CurrentActor actor;
    private final CurrentWords words;

    LetterPages(RefusalLetters letters, CurrentActor actor, CurrentWords words) {
        this.letters = letters;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance read(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        var letter = letters.of(of);
        boolean editable = letter.decidedBy().equals(actor.officer().name());
        return Templates.letter(of.text(), letter.text(), editable, Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response edit(@PathParam("reference") String reference, @FormParam("letter") String letter) {
        Reference of = Reference.required(reference);
        try {
            letters.edit(of, actor.officer(), letter);
            return Response.seeOther(URI.create(words.link("/cases/" + of.text() + "/decision?said=letter")))
                    .build();
        } catch (Invalid e) {
            return Response.status(422)
                    .entity(Templates.letter(of.text(), Objects.toString(letter, ""), true, e))
                    .build();
        }
    }
}
