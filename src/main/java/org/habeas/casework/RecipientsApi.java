package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.request.Reference;

/** Who received the person's data and was told of what became of it (Article 19), and the end of a restriction. */
@Path("/api/v1/cases/{reference}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Cases")
class RecipientsApi {
    record Item(
            String id,
            String recipient,
            Optional<String> country,
            Optional<String> contact,
            List<String> systems,
            String what,
            Optional<Instant> toldAt,
            Optional<String> toldBy,
            Optional<String> answer,
            Optional<Instant> answeredAt) {
        static Item of(Recipients.Notice notice) {
            return new Item(
                    notice.id().toString(),
                    notice.recipient(),
                    notice.country(),
                    notice.contact(),
                    notice.systems(),
                    notice.what().code(),
                    notice.toldAt(),
                    notice.toldBy(),
                    notice.answer().map(Recipients.Answer::code),
                    notice.answeredAt());
        }
    }

    record Items(List<Item> items) {}

    record Answer(String answer) {}

    private final Recipients recipients;
    private final Restricting restricting;
    private final CurrentActor actor;

    RecipientsApi(Recipients recipients, Restricting restricting, CurrentActor actor) {
        this.recipients = recipients;
        this.restricting = restricting;
        this.actor = actor;
    }

    @GET
    @Path("recipients")
    public Items list(@PathParam("reference") String reference) {
        return items(Reference.required(reference));
    }

    @POST
    @Path("recipients/{id}/told")
    @Consumes(MediaType.WILDCARD)
    public Items told(@PathParam("reference") String reference, @PathParam("id") String id) {
        Reference of = Reference.required(reference);
        recipients.told(of, id, actor.officer());
        return items(of);
    }

    @POST
    @Path("recipients/{id}/answer")
    public Items answered(@PathParam("reference") String reference, @PathParam("id") String id, Answer body) {
        Reference of = Reference.required(reference);
        recipients.answered(of, id, body.answer(), actor.officer());
        return items(of);
    }

    /** Tells the person that the restriction which she asked for ends in a week (Article 18(3)). */
    @POST
    @Path("restriction/end")
    @Consumes(MediaType.WILDCARD)
    public Items end(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        restricting.end(of, actor.officer());
        return items(of);
    }

    private Items items(Reference of) {
        return new Items(recipients.of(of).stream().map(Item::of).toList());
    }
}
