package org.habeas.retention;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.jspecify.annotations.Nullable;

/** Legal holds for officers (contract section 6). */
@Path("/api/v1/holds")
@RolesAllowed(Roles.OFFICER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class HoldsApi {
    private final Holds holds;
    private final Timetable timetable;
    private final CurrentActor actor;

    HoldsApi(Holds holds, Timetable timetable, CurrentActor actor) {
        this.holds = holds;
        this.timetable = timetable;
        this.actor = actor;
    }

    /** {@code collection} is a system or system.collection, {@code organisation} a company: beside or instead of a person. */
    public record Wanted(
            @Nullable Map<String, String> identifiers,
            @Nullable String collection,
            @Nullable String organisation,
            @Nullable String reason,
            @Nullable String reviewOn) {
        @Override
        public String toString() {
            return "Wanted[…]";
        }
    }

    public record Item(
            UUID id,
            Map<String, String> identifiers,
            @Nullable String collection,
            @Nullable String organisation,
            String reason,
            LocalDate reviewOn,
            Instant placedAt,
            String placedBy) {
        static Item of(Holds.Standing hold) {
            return new Item(
                    hold.id(),
                    hold.identifiers(),
                    hold.collection().orElse(null),
                    hold.organisation().orElse(null),
                    hold.reason(),
                    hold.reviewOn(),
                    hold.placedAt(),
                    hold.placedBy());
        }
    }

    public record Items(List<Item> items) {}

    public record Placed(UUID id) {}

    @GET
    public Items list() {
        return new Items(holds.standing().stream().map(Item::of).toList());
    }

    @POST
    public Response place(@Nullable Wanted wanted) {
        if (wanted == null) {
            throw Invalid.field("identifiers", "problem_text_required");
        }
        NewHold hold = NewHold.of(
                wanted.identifiers(),
                wanted.collection(),
                wanted.organisation(),
                wanted.reason(),
                wanted.reviewOn(),
                timetable.today());
        UUID id = holds.place(hold, actor.officer());
        return Response.created(URI.create("/api/v1/holds/" + id))
                .entity(new Placed(id))
                .build();
    }

    @DELETE
    @Path("/{id}")
    public Placed lift(@PathParam("id") String id) {
        return new Placed(holds.lift(Holds.id(id), actor.officer()));
    }
}
