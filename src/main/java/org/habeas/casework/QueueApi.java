package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.intake.Filing;
import org.habeas.intake.LetterIntake;
import org.habeas.problem.Invalid;
import org.habeas.request.Outcome;
import org.habeas.request.Reference;
import org.habeas.request.RightsRequest;

/** The cases as a list, and new ones that came by letter, telephone or in person (contract section 6). */
@Path("/api/v1/cases")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Cases")
class QueueApi {
    record Item(
            String reference,
            String right,
            String state,
            Optional<String> outcome,
            String organisation,
            Instant receivedAt,
            LocalDate due,
            Optional<LocalDate> extendedTo,
            Optional<Long> daysLeft,
            String urgency,
            Optional<String> assignee,
            Optional<Long> rowsFound,
            boolean restricted,
            String person) {
        static Item of(Queue.Item item) {
            return new Item(
                    item.reference(),
                    item.right().code(),
                    item.state().code(),
                    item.outcome().map(Outcome::code),
                    item.organisation(),
                    item.receivedAt(),
                    item.due(),
                    Optional.of(item.answerBy()).filter(day -> !day.equals(item.due())),
                    item.daysLeft(),
                    item.urgency().name().toLowerCase(java.util.Locale.ROOT),
                    item.assignee(),
                    item.rowsFound(),
                    item.restricted(),
                    item.person());
        }
    }

    record Items(List<Item> items, Optional<String> next) {}

    /** The passphrase is told this once, for the officer to hand on to the person. */
    record Created(String reference, String passphrase, LocalDate due, List<Wish> cases) {}

    /** One wish of a letter, which is a case with a clock of its own. */
    record Wish(String reference, String right, LocalDate due) {
        static Wish of(RightsRequest request) {
            return new Wish(request.reference().text(), request.right().code(), request.answerBy());
        }
    }

    record Assignment(List<String> references, String assignee, boolean takeOver) {}

    record Assigned(int cases) {}

    private final Queue queue;
    private final Cases cases;
    private final LetterIntake intake;
    private final CurrentActor actor;

    QueueApi(Queue queue, Cases cases, LetterIntake intake, CurrentActor actor) {
        this.queue = queue;
        this.cases = cases;
        this.intake = intake;
        this.actor = actor;
    }

    @GET
    public Items list(
            @QueryParam("state") String state,
            @QueryParam("right") String right,
            @QueryParam("assignee") String assignee,
            @QueryParam("overdue") String overdue,
            @QueryParam("within") String within,
            @QueryParam("waiting") String waiting,
            @QueryParam("restricted") String restricted,
            @QueryParam("q") String q,
            @QueryParam("sort") String sort,
            @QueryParam("limit") String limit,
            @QueryParam("after") String after) {
        String officer = actor.officer().name();
        QueueFilter filter = QueueFilter.of(
                state, right, assignee, overdue, within, waiting, officer, restricted, q, sort, limit, after);
        var page = queue.page(filter, officer);
        return new Items(page.items().stream().map(Item::of).toList(), page.next());
    }

    /** Gives many cases to an officer at once, all or none. */
    @PUT
    @Path("assignee")
    @Consumes(MediaType.APPLICATION_JSON)
    public Assigned assign(Assignment body) {
        List<Reference> references = body.references() == null
                ? List.of()
                : body.references().stream().map(Reference::required).toList();
        cases.assignAll(references, actor.officer(), body.assignee(), body.takeOver());
        return new Assigned(references.size());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(Filing filing, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String acceptLanguage) {
        if (filing == null) {
            throw Invalid.field("right", "problem_text_required");
        }
        var opened = intake.register(filing, actor.officer(), acceptLanguage);
        RightsRequest request = opened.get(0).request();
        var created = new Created(
                request.reference().text(),
                opened.get(0).passphrase(),
                request.answerBy(),
                opened.stream().map(o -> Wish.of(o.request())).toList());
        return Response.created(URI.create("/api/v1/cases/" + request.reference()))
                .entity(created)
                .build();
    }
}
