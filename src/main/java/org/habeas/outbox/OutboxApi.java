package org.habeas.outbox;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.problem.NotPossible;

/** Outgoing mail for staff, as long as no mail server is named (contract section 6). */
@Path("/api/v1/outbox")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
class OutboxApi {
    private static final int MOST = 200;

    private final Outbox outbox;
    private final MailServer server;
    private final CurrentActor actor;

    OutboxApi(Outbox outbox, MailServer server, CurrentActor actor) {
        this.outbox = outbox;
        this.server = server;
        this.actor = actor;
    }

    record Item(Instant at, String to, String subject, String text) {}

    record Items(List<Item> items) {}

    /** The last mails to an address, or to all, newest last. */
    @GET
    public Items list(@QueryParam("to") String to) {
        if (server.named()) {
            throw new NotPossible("outbox_problem_server");
        }
        Optional<String> address = Optional.ofNullable(to).filter(t -> !t.isBlank());
        return new Items(outbox.read(actor.as(Actor.Kind.ADMIN), address, MOST).stream()
                .map(m -> new Item(m.at(), m.to(), m.subject(), m.text()))
                .toList());
    }
}
