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
import java.util.Objects;
import java.util.stream.Stream;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.fulfilment.Plan;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.habeas.request.Answer;
import org.habeas.request.Reference;
import org.habeas.request.State;
import org.habeas.session.FreshSignIn;
import org.habeas.words.CurrentWords;
import org.jspecify.annotations.Nullable;

/** The plan, the decision on it, and the other officer's approval, on the officer's screen. */
@Path("/cases/{reference}")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class DecisionPages {
    private static final int DIFFERENCES = 50;

    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance plan(
                CasePage page, Invalid errors, Plan plan, List<Tile> tiles, List<Change> differences);

        static native TemplateInstance decision(
                CasePage page, Invalid errors, String digest, List<String> answers, List<Group> grounds, Typed typed);
    }

    /** How many rows share a fate. */
    public record Tile(String action, long rows) {}

    /** One value that changes. */
    public record Change(String collection, String field, String from, String to) {}

    /** The grounds that an answer may rest on. */
    public record Group(String answer, List<Choice> grounds) {}

    /** What was typed so far. */
    public record Typed(String outcome, String ground, String text, List<String> checklist) {}

    private final Review review;
    private final Decisions decisions;
    private final CaseFiles files;
    private final DataMap map;
    private final CurrentActor actor;
    private final CurrentWords words;

    DecisionPages(
            Review review, Decisions decisions, CaseFiles files, DataMap map, CurrentActor actor, CurrentWords words) {
        this.review = review;
        this.decisions = decisions;
        this.files = files;
        this.map = map;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Path("plan")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance plan(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        Plan plan = review.plan(of);
        List<Tile> tiles = Arrays.stream(Plan.Action.values())
                .map(a -> new Tile(
                        a.code(),
                        plan.items().stream()
                                .filter(i -> i.action() == a)
                                .mapToLong(Plan.Item::rows)
                                .sum()))
                .filter(tile -> tile.rows() > 0)
                .toList();
        List<Change> changes = review.differences(of, DIFFERENCES).stream()
                .filter(d -> d.action() != Plan.Action.DELETE)
                .flatMap(DecisionPages::changes)
                .toList();
        return Templates.plan(page(reference, "plan", null), Invalid.nothing(), plan, tiles, changes);
    }

    @GET
    @Path("decision")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance decision(@PathParam("reference") String reference, @QueryParam("said") String said) {
        return decision(reference, said, Invalid.nothing(), new Typed("", "", "", List.of()));
    }

    @POST
    @Path("decision")
    public Response decide(
            @PathParam("reference") String reference,
            @FormParam("outcome") String outcome,
            @FormParam("plan") String plan,
            @FormParam("ground") String ground,
            @FormParam("text") String text,
            @FormParam("checklist") List<String> checklist) {
        Reference of = Reference.required(reference);
        try {
            List<String> checked = checklist == null ? List.of() : checklist;
            decisions.decide(of, actor.officer(), outcome, plan, ground, text, checked);
            return see(of, "/decision?said=decided");
        } catch (Invalid e) {
            var typed = new Typed(
                    Objects.toString(outcome, ""),
                    Objects.toString(ground, ""),
                    Objects.toString(text, ""),
                    checklist == null ? List.of() : checklist);
            return Response.status(422)
                    .entity(decision(reference, null, e, typed))
                    .build();
        }
    }

    @POST
    @Path("approval")
    @FreshSignIn
    public Response approve(
            @PathParam("reference") String reference,
            @FormParam("approve") boolean approve,
            @FormParam("plan") String plan,
            @FormParam("letter") String letter,
            @FormParam("checklist") List<String> checklist) {
        Reference of = Reference.required(reference);
        List<String> checked = checklist == null ? List.of() : checklist;
        try {
            decisions.approve(of, actor.officer(), approve, plan, letter, checked);
        } catch (Invalid e) {
            var typed = new Typed("", "", "", checked);
            return Response.status(422)
                    .entity(decision(reference, null, e, typed))
                    .build();
        }
        return see(of, approve ? "/decision?said=approved" : "/decision?said=sent_back");
    }

    private TemplateInstance decision(String reference, @Nullable String said, Invalid errors, Typed typed) {
        CasePage page = page(reference, "decision", said);
        boolean planned = page.isChangesData() && page.getFile().state() == State.REVIEW;
        String digest = planned ? review.plan(Reference.required(reference)).digest() : "";
        List<String> answers = Arrays.stream(Answer.values()).map(Answer::code).toList();
        List<Group> grounds = answers.stream()
                .map(a -> new Group(
                        a,
                        Grounds.allowed(
                                        page.getFile().right(),
                                        a,
                                        page.getFile().regime())
                                .stream()
                                .map(g -> new Choice(g.code(), page.groundTitle(g.code())))
                                .toList()))
                .filter(group -> !group.grounds().isEmpty())
                .toList();
        return Templates.decision(page, errors, digest, answers, grounds, typed);
    }

    private Response see(Reference reference, String part) {
        return Response.seeOther(URI.create(words.link("/cases/" + reference.text() + part)))
                .build();
    }

    private CasePage page(String reference, String tab, @Nullable String said) {
        var file = files.read(Reference.required(reference), words.words());
        return new CasePage(file, tab, actor.officer().name(), Said.known(said), map, words.words());
    }

    private static Stream<Change> changes(Plan.Difference difference) {
        return difference.to().entrySet().stream()
                .map(to -> new Change(
                        difference.system() + "." + difference.collection(),
                        to.getKey(),
                        Objects.toString(difference.from().get(to.getKey()), "–"),
                        Objects.toString(to.getValue(), "–")));
    }
}
