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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.intake.Filing;
import org.habeas.intake.LetterIntake;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.request.Behalf;
import org.habeas.request.Channel;
import org.habeas.request.RightsRequest;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** New cases that came by letter, telephone or in person. */
@Path("/cases/new")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RegisterPages {
    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance register(RegisterPage page, Invalid errors);

        static native TemplateInstance registered(List<Registered> cases, String passphrase, boolean mailed);
    }

    /** A case that was made. */
    public record Registered(String reference, String right, LocalDate due, String url) {}

    /** What was typed so far, and what there is to choose from. */
    public record RegisterPage(
            Typed typed,
            List<Choice> channels,
            List<Choice> rights,
            List<Choice> companies,
            List<Choice> languages,
            List<Choice> relations) {
        public record Typed(
                String channel,
                String receivedAt,
                List<String> wishes,
                String organisation,
                String name,
                String email,
                String language,
                String message,
                String relation,
                String whom,
                String whomEmail) {}
    }

    private final LetterIntake intake;
    private final Organisation organisation;
    private final CurrentActor actor;
    private final CurrentWords words;

    RegisterPages(LetterIntake intake, DataMap map, CurrentActor actor, CurrentWords words) {
        this.intake = intake;
        this.organisation = map.organisation();
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance form() {
        var typed = new RegisterPage.Typed(
                "post",
                "",
                List.of("access"),
                companies().map(Organisation.Company::id).findFirst().orElse(""),
                "",
                "",
                organisation.languages().get(0),
                "",
                "",
                "",
                "");
        return Templates.register(page(typed), Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response register(
            @FormParam("channel") String channel,
            @FormParam("received_at") String receivedAt,
            @FormParam("right") List<String> rights,
            @FormParam("organisation") String company,
            @FormParam("name") String name,
            @FormParam("identifiers.email") String email,
            @FormParam("language") String language,
            @FormParam("message") String message,
            @FormParam("on_behalf_of.relation") String relation,
            @FormParam("on_behalf_of.name") String whom,
            @FormParam("on_behalf_of.email") String whomEmail) {
        List<String> wishes = rights == null ? List.of() : rights;
        var filing = new Filing(
                wishes.isEmpty() ? null : wishes.get(0),
                email == null ? Map.of() : Map.of("email", email),
                name,
                language,
                message,
                company,
                List.of(),
                channel,
                receivedAt,
                wishes,
                null,
                relation == null || relation.isBlank() ? null : new Filing.OnBehalfOf(relation, whom, whomEmail));
        try {
            var opened = intake.register(filing, actor.officer(), null);
            var made = opened.stream().map(o -> registered(o.request())).toList();
            return Response.ok(
                            Templates.registered(made, opened.get(0).passphrase(), email != null && !email.isBlank()))
                    .build();
        } catch (Invalid e) {
            var typed = new RegisterPage.Typed(
                    channel, receivedAt, wishes, company, name, email, language, message, relation, whom, whomEmail);
            return Response.status(422)
                    .entity(Templates.register(page(typed), e))
                    .build();
        }
    }

    private Registered registered(RightsRequest request) {
        String reference = request.reference().text();
        return new Registered(reference, request.right().code(), request.answerBy(), words.link("/cases/" + reference));
    }

    private RegisterPage page(RegisterPage.Typed typed) {
        Words say = words.words();
        return new RegisterPage(
                typed,
                Arrays.stream(Channel.values())
                        .filter(c -> c != Channel.PORTAL)
                        .map(c -> new Choice(c.code(), say.name("channel", c.code())))
                        .toList(),
                Arrays.stream(Right.values())
                        .map(r -> new Choice(r.code(), say.name("right", r.code())))
                        .toList(),
                companies().map(c -> new Choice(c.id(), c.name())).toList(),
                organisation.languages().stream()
                        .map(l -> new Choice(l, Words.of(l).say("words_language")))
                        .toList(),
                Stream.concat(
                                Stream.of(new Choice("", say.say("mandate_relation_self"))),
                                Arrays.stream(Behalf.Relation.values())
                                        .map(r -> new Choice(r.code(), say.name("mandate_relation", r.code()))))
                        .toList());
    }

    /** Those that the officer answers for. */
    private Stream<Organisation.Company> companies() {
        Organisation.Remit remit = organisation.remit(actor.officer().name());
        return organisation.companies().stream().filter(c -> remit.covers(c.id()));
    }
}
