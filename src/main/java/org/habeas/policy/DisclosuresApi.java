package org.habeas.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.jspecify.annotations.Nullable;

/** Disclosures of a person's data to others, such as authorities. */
@Path("/api/v1/disclosures")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Disclosures")
class DisclosuresApi {
    private final Disclosures disclosures;
    private final CurrentActor actor;

    DisclosuresApi(Disclosures disclosures, CurrentActor actor) {
        this.disclosures = disclosures;
        this.actor = actor;
    }

    /** {@code withheld}: the code of the ground that forbids telling the person; left out, she is told. */
    record Typed(
            Map<String, String> identifiers,
            String recipient,
            boolean authority,
            String what,
            String ground,
            String disclosedOn,
            String withheld) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Item(
            UUID id,
            String recipient,
            boolean authority,
            String what,
            String ground,
            LocalDate disclosedOn,
            @Nullable String withheld,
            String recordedBy,
            Instant recordedAt) {
        static Item of(Disclosure disclosure) {
            return new Item(
                    disclosure.id(),
                    disclosure.recipient(),
                    disclosure.authority(),
                    disclosure.what(),
                    disclosure.ground(),
                    disclosure.disclosedOn(),
                    disclosure.withheld().orElse(null),
                    disclosure.recordedBy(),
                    disclosure.recordedAt());
        }
    }

    record Items(List<Item> items) {}

    /** The last ones, or all about the person with this e-mail address. */
    @GET
    @Consumes(MediaType.WILDCARD)
    public Items list(@QueryParam("email") String email) {
        List<Disclosure> found = email == null || email.isBlank()
                ? disclosures.latest(actor.officer())
                : disclosures.about("email", email, actor.officer());
        return new Items(found.stream().map(Item::of).toList());
    }

    @POST
    public Response record(Typed typed) {
        Disclosure made = disclosures.record(
                new Disclosures.Typed(
                        typed.identifiers(),
                        typed.recipient(),
                        typed.authority(),
                        typed.what(),
                        typed.ground(),
                        typed.disclosedOn(),
                        typed.withheld()),
                actor.officer());
        return Response.status(Response.Status.CREATED).entity(Item.of(made)).build();
    }
}
