package org.habeas.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.NotAllowed;
import org.habeas.problem.NotFound;
import org.jspecify.annotations.Nullable;

/** The versions of the privacy policy for those who write and approve them. */
@Path("/api/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OFFICER, Roles.ADMIN})
@Tag(name = "Privacy policy")
class PolicyApi {
    private final Policies policies;
    private final Campaigns campaigns;
    private final PolicyGaps gaps;
    private final CurrentActor actor;

    PolicyApi(Policies policies, Campaigns campaigns, PolicyGaps gaps, CurrentActor actor) {
        this.policies = policies;
        this.campaigns = campaigns;
        this.gaps = gaps;
        this.actor = actor;
    }

    record Text(String markdown, String change) {}

    record Typed(
            String use,
            String validFrom,
            Map<String, Text> texts,
            List<String> purposes,
            List<String> recipients,
            Map<String, String> kept) {
        NewVersion.Typed typed() {
            Map<String, PolicyText> all = new TreeMap<>();
            (texts == null ? Map.<String, Text>of() : texts)
                    .forEach((language, text) ->
                            all.put(language, text == null ? null : new PolicyText(text.markdown(), text.change())));
            return new NewVersion.Typed(use, validFrom, all, purposes, recipients, kept);
        }
    }

    record Approval(String digest) {}

    /** A line of the list; {@code state} is {@code draft} or {@code published}. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(
            UUID id,
            @Nullable Integer number,
            String state,
            String use,
            LocalDate validFrom,
            List<String> languages,
            String digest,
            String draftedBy,
            Instant draftedAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {
        static Line of(PolicyVersion version) {
            return new Line(
                    version.id(),
                    version.number().orElse(null),
                    version.published() ? "published" : "draft",
                    version.use().code(),
                    version.validFrom(),
                    version.languages(),
                    version.digest(),
                    version.draftedBy(),
                    version.draftedAt(),
                    version.approvedBy().orElse(null),
                    version.approvedAt().orElse(null));
        }
    }

    record Lines(List<Line> items) {}

    record Whole(
            Line version,
            Map<String, Text> texts,
            List<String> purposes,
            List<String> recipients,
            Map<String, String> kept) {
        static Whole of(PolicyVersion version) {
            Map<String, Text> texts = new TreeMap<>();
            version.texts().forEach((language, text) -> texts.put(language, new Text(text.markdown(), text.change())));
            Map<String, String> kept = new TreeMap<>();
            version.promises().kept().forEach((purpose, period) -> kept.put(purpose, period.toString()));
            return new Whole(
                    Line.of(version),
                    texts,
                    version.promises().purposes(),
                    version.promises().recipients(),
                    kept);
        }
    }

    record GapLine(String severity, String at, String message) {}

    record GapLines(List<GapLine> items) {}

    @GET
    public Lines list() {
        return new Lines(Stream.concat(policies.drafts().stream(), policies.published().stream())
                .map(Line::of)
                .toList());
    }

    @POST
    public Response draft(Typed typed) {
        return Response.status(Response.Status.CREATED)
                .entity(Line.of(policies.draft(typed.typed(), writer())))
                .build();
    }

    @GET
    @Path("{id}")
    public Whole read(@PathParam("id") String id) {
        return Whole.of(policies.get(id(id)));
    }

    @PUT
    @Path("{id}")
    public Line redraft(@PathParam("id") String id, Typed typed) {
        return Line.of(policies.redraft(id(id), typed.typed(), writer()));
    }

    @DELETE
    @Path("{id}")
    public Response discard(@PathParam("id") String id) {
        policies.discard(id(id), writer());
        return Response.noContent().build();
    }

    /** The second person; {@code digest} is that of the draft as it was read. */
    @POST
    @Path("{id}/approval")
    public Line approve(@PathParam("id") String id, Approval approval) {
        return Line.of(policies.approve(id(id), approval.digest(), writer()));
    }

    /** How the mail to those who can be reached stands. */
    @GET
    @Path("{id}/campaign")
    public Campaigns.Standing campaign(@PathParam("id") String id) {
        return campaigns.of(policies.get(id(id)).id()).orElseThrow(() -> new NotFound("policy_no_campaign"));
    }

    /** What the data map holds that the version in force does not cover, and what it promises that no rule keeps. */
    @GET
    @Path("gaps")
    @RolesAllowed(Roles.ADMIN)
    public GapLines gaps() {
        return new GapLines(gaps.now().stream()
                .map(f -> new GapLine(f.severity().name().toLowerCase(java.util.Locale.ROOT), f.at() + "", f.message()))
                .toList());
    }

    private Actor writer() {
        return actor.staff().orElseThrow(() -> new NotAllowed("policy_staff_only"));
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("policy_unknown");
        }
    }
}
