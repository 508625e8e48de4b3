package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.fulfilment.Plan;
import org.habeas.request.Reference;
import org.habeas.session.FreshSignIn;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** The plan, the decision on it, and the other officer's approval (contract section 6). */
@Path("/api/v1/cases/{reference}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Decisions")
class DecisionApi {
    record PlanItem(
            String system,
            String collection,
            String action,
            long rows,
            Optional<String> reason,
            Optional<String> rule,
            Optional<String> citation,
            Optional<LocalDate> until) {}

    record PlanJson(String digest, List<PlanItem> items, List<String> problems) {
        static PlanJson of(Plan plan, Words words) {
            return new PlanJson(
                    plan.digest(),
                    plan.items().stream()
                            .map(i -> new PlanItem(
                                    i.system(),
                                    i.collection(),
                                    i.action().code(),
                                    i.rows(),
                                    i.reason().map(words::tell),
                                    i.rule(),
                                    i.citation(),
                                    i.until()))
                            .toList(),
                    plan.problems().stream().map(Plan.Problem::text).toList());
        }
    }

    record Decision(String outcome, String plan, String ground, String text, List<String> checklist) {}

    record Approval(Boolean approve, String plan, List<String> checklist) {}

    private final Review review;
    private final Decisions decisions;
    private final CaseFiles files;
    private final CurrentActor actor;
    private final CurrentWords words;

    DecisionApi(Review review, Decisions decisions, CaseFiles files, CurrentActor actor, CurrentWords words) {
        this.review = review;
        this.decisions = decisions;
        this.files = files;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Path("plan")
    public PlanJson plan(@PathParam("reference") String reference) {
        return PlanJson.of(review.plan(Reference.required(reference)), words.words());
    }

    @POST
    @Path("decision")
    public CaseJson decide(@PathParam("reference") String reference, Decision body) {
        Reference of = Reference.required(reference);
        decisions.decide(
                of, actor.officer(), body.outcome(), body.plan(), body.ground(), body.text(), body.checklist());
        return CaseJson.of(files.read(of, words.words()));
    }

    @POST
    @Path("approval")
    @FreshSignIn
    public CaseJson approve(@PathParam("reference") String reference, Approval body) {
        Reference of = Reference.required(reference);
        decisions.approve(of, actor.officer(), body.approve(), body.plan(), null, body.checklist());
        return CaseJson.of(files.read(of, words.words()));
    }
}
