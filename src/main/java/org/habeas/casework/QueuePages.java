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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.intake.Filing;
import org.habeas.intake.Intake;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.request.Channel;
import org.habeas.request.State;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** The officer's queue, and new cases that came by letter, telephone or in person. */
@Path("/cases")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class QueuePages {
    /** In the address: every state in which somebody still has to do something. */
    private static final String ACTIVE = "active";

    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance queue(QueuePage page);

        static native TemplateInstance register(RegisterPage page, Invalid errors);
    }

    /** What was typed so far, and what there is to choose from. */
    public record RegisterPage(
            Typed typed, List<Choice> channels, List<Choice> rights, List<Choice> companies, List<Choice> languages) {
        public record Typed(
                String channel,
                String receivedAt,
                String right,
                String organisation,
                String name,
                String email,
                String language,
                String message) {}
    }

    private final Queue queue;
    private final Intake intake;
    private final Organisation organisation;
    private final CurrentActor actor;
    private final CurrentWords words;

    QueuePages(Queue queue, Intake intake, DataMap map, CurrentActor actor, CurrentWords words) {
        this.queue = queue;
        this.intake = intake;
        this.organisation = map.organisation();
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance list(
            @QueryParam("q") String q,
            @QueryParam("right") String right,
            @QueryParam("state") String state,
            @QueryParam("assignee") String assignee,
            @QueryParam("overdue") String overdue,
            @QueryParam("sort") String sort,
            @QueryParam("after") String after) {
        boolean nothing = q == null && right == null && state == null && assignee == null && overdue == null;
        var asked = QueuePage.Asked.of(q, right, nothing ? ACTIVE : state, assignee, overdue, sort);
        String states = ACTIVE.equals(asked.state()) ? active() : asked.state();
        var page = queue.page(QueueFilter.of(states, right, assignee, overdue, q, sort, null, after));
        String officer = actor.officer().name();
        return Templates.queue(new QueuePage(
                asked,
                QueuePage.views(queue.counts(officer), asked, officer),
                page.items().stream()
                        .map(i -> QueuePage.Line.of(i, organisation))
                        .toList(),
                page.next().map(asked::url).orElse(null)));
    }

    @GET
    @Path("new")
    public TemplateInstance form() {
        var typed = new RegisterPage.Typed(
                "post",
                "",
                "access",
                organisation.companies().get(0).id(),
                "",
                "",
                organisation.languages().get(0),
                "");
        return Templates.register(page(typed), Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response register(
            @FormParam("channel") String channel,
            @FormParam("received_at") String receivedAt,
            @FormParam("right") String right,
            @FormParam("organisation") String company,
            @FormParam("name") String name,
            @FormParam("identifiers.email") String email,
            @FormParam("language") String language,
            @FormParam("message") String message) {
        var filing = new Filing(
                right, Map.of("email", email), name, language, message, company, List.of(), channel, receivedAt);
        try {
            var reference = intake.register(filing, actor.officer(), null).request().reference();
            return Response.seeOther(URI.create(words.link("/cases/" + reference.text())))
                    .build();
        } catch (Invalid e) {
            var typed = new RegisterPage.Typed(channel, receivedAt, right, company, name, email, language, message);
            return Response.status(422)
                    .entity(Templates.register(page(typed), e))
                    .build();
        }
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
                organisation.companies().stream()
                        .map(c -> new Choice(c.id(), c.name()))
                        .toList(),
                organisation.languages().stream()
                        .map(l -> new Choice(l, Words.of(l).say("words_language")))
                        .toList());
    }

    private static String active() {
        return QueueFilter.OPEN_STATES.stream().map(State::code).collect(Collectors.joining(","));
    }
}
