package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.fulfilment.Findings;
import org.habeas.request.Reference;

/** What was found for a case, and what is hidden or answered by hand (contract section 6). */
@Path("/api/v1/cases/{reference}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Findings")
class FindingsApi {
    record Systems(List<FoundSystem> systems) {}

    record FoundSystem(String system, String status, Optional<String> error, List<FoundCollection> collections) {}

    record FoundCollection(String collection, long rows, long shared, List<Retained> retained) {}

    record Retained(String rule, Optional<LocalDate> until, long rows) {}

    /** {@code hidden} is the whole row; {@code redacted} names the fields she does not get, {@code parts} what is cut out of others. */
    record Row(
            String row,
            Map<String, Object> values,
            boolean shared,
            String standing,
            boolean hidden,
            Collection<String> redacted,
            Map<String, List<String>> parts) {}

    record Rows(List<Row> items, Optional<String> next) {}

    record Waiver(String reason) {}

    record Answer(Boolean found, Map<String, List<Map<String, Object>>> collections) {}

    record Redaction(String system, String collection, String row, String field, String part, String ground) {}

    private final Review review;
    private final CurrentActor actor;

    FindingsApi(Review review, CurrentActor actor) {
        this.review = review;
        this.actor = actor;
    }

    @GET
    @Path("findings")
    public Systems systems(@PathParam("reference") String reference) {
        return new Systems(review.systems(Reference.required(reference)).stream()
                .map(FindingsApi::system)
                .toList());
    }

    @GET
    @Path("findings/{system}/{collection}")
    public Rows rows(
            @PathParam("reference") String reference,
            @PathParam("system") String system,
            @PathParam("collection") String collection,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        var page = review.rows(
                Reference.required(reference),
                system,
                collection,
                Optional.ofNullable(after).filter(a -> !a.isBlank()),
                QueueFilter.limit(limit));
        return new Rows(page.items().stream().map(row -> row(row, page)).toList(), page.next());
    }

    @POST
    @Path("findings/{system}/waiver")
    public Systems waive(@PathParam("reference") String reference, @PathParam("system") String system, Waiver body) {
        review.waive(Reference.required(reference), system, body.reason(), actor.officer());
        return systems(reference);
    }

    @POST
    @Path("findings/{system}/answer")
    public Systems answer(@PathParam("reference") String reference, @PathParam("system") String system, Answer body) {
        review.answer(Reference.required(reference), system, body.found(), body.collections(), actor.officer());
        return systems(reference);
    }

    @POST
    @Path("findings/{system}/confirmation")
    @Consumes(MediaType.WILDCARD)
    public Response confirm(@PathParam("reference") String reference, @PathParam("system") String system) {
        review.confirm(Reference.required(reference), system, actor.officer());
        return Response.ok(Map.of()).build();
    }

    @POST
    @Path("redactions")
    public Response redact(@PathParam("reference") String reference, Redaction body) {
        review.redact(
                Reference.required(reference),
                body.system(),
                body.collection(),
                body.row(),
                body.field(),
                body.part(),
                body.ground(),
                actor.officer());
        return Response.status(Response.Status.CREATED).build();
    }

    private static FoundSystem system(Findings.FoundSystem found) {
        return new FoundSystem(
                found.system(),
                found.status().code(),
                found.error(),
                found.collections().stream()
                        .map(c -> new FoundCollection(
                                c.collection(),
                                c.rows(),
                                c.shared(),
                                c.retained().stream()
                                        .map(r -> new Retained(r.rule(), r.until(), r.rows()))
                                        .toList()))
                        .toList());
    }

    private static Row row(Findings.FoundRow row, Review.Rows page) {
        boolean hidden = page.redacted().hides(row);
        return new Row(
                row.row(),
                row.values(),
                row.shared(),
                row.standing().name().toLowerCase(java.util.Locale.ROOT),
                hidden,
                hidden
                        ? row.values().keySet()
                        : page.redacted().hiddenFields(row).stream().sorted().toList(),
                row.values().keySet().stream()
                        .filter(field -> !page.redacted().parts(row, field).isEmpty())
                        .collect(Collectors.toMap(
                                Function.identity(), field -> page.redacted().parts(row, field))));
    }
}
