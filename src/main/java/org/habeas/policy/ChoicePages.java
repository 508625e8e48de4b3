package org.habeas.policy;

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
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.words.CurrentWords;

/** Where somebody says yes or no to a different use, without an account: the link came by mail. */
@Path("/choice/{token}")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ChoicePages {
    @CheckedTemplate(basePath = "policy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance choice(Page page, Invalid errors);
    }

    /** The question as it is shown: what changes in which language, the purposes' titles, what was chosen so far. */
    public record Page(String token, Choices.Question question, String language, java.util.List<String> purposes) {
        public String change() {
            return question.version().text(language).change();
        }
    }

    private final Choices choices;
    private final Organisation organisation;
    private final CurrentWords words;

    ChoicePages(Choices choices, DataMap map, CurrentWords words) {
        this.choices = choices;
        this.organisation = map.organisation();
        this.words = words;
    }

    /** Opening the link chooses nothing, so that a mail scanner cannot choose for anybody. */
    @GET
    public Response ask(@PathParam("token") String token) {
        try {
            return Response.ok(page(token, Invalid.nothing())).build();
        } catch (NotFound e) {
            return Response.status(404)
                    .entity(LostLink.UNKNOWN.page(Invalid.nothing()))
                    .build();
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(@PathParam("token") String token, @FormParam("choice") String choice) {
        if (!"accept".equals(choice) && !"decline".equals(choice)) {
            return Response.status(422)
                    .entity(page(token, Invalid.field("choice", "choice_missing")))
                    .build();
        }
        choices.choose(token, "accept".equals(choice), words.language(), "link");
        return Response.seeOther(URI.create(words.link("/choice/" + token))).build();
    }

    private TemplateInstance page(String token, Invalid errors) {
        Choices.Question question = choices.question(token);
        return Templates.choice(
                new Page(
                        token,
                        question,
                        question.version().languageFor(words.language()),
                        question.purposes().stream()
                                .map(key -> organisation
                                        .purpose(key)
                                        .map(Organisation.Purpose::title)
                                        .orElse(key))
                                .toList()),
                errors);
    }
}
