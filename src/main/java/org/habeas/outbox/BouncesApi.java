package org.habeas.outbox;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.habeas.vault.Secrets;

/** Where the organisation's mail system tells of mail that came back; the call carries HABEAS_BOUNCE_TOKEN as a bearer. */
@Path("/api/v1/bounces")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Mail")
class BouncesApi {
    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 400;

    private final Outbox outbox;
    private final Optional<String> token;

    BouncesApi(Outbox outbox, @ConfigProperty(name = "habeas.bounce-token") Optional<String> token) {
        this.outbox = outbox;
        this.token = token.filter(t -> !t.isBlank());
    }

    /** {@code status} is an enhanced status code (RFC 3463): only 5.x.x is for good, the rest is only a delay. */
    record Bounce(String messageId, String status) {}

    /** The answer is the same for mail that is not ours. */
    @POST
    public Response bounced(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, Bounce bounce) {
        letIn(bearer);
        String messageId = Text.required("message_id", Text.line("message_id", bounce.messageId(), LONGEST));
        String status = Text.required("status", Text.line("status", bounce.status(), LONGEST));
        if (!status.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")) {
            throw Invalid.field("status", "outbox_bounce_status");
        }
        if (status.startsWith("5")) {
            outbox.bounced(messageId.startsWith("<") ? messageId : "<" + messageId + ">", status);
        }
        return Response.accepted().build();
    }

    private void letIn(String bearer) {
        boolean known = bearer != null
                && bearer.startsWith(BEARER)
                && token.filter(t -> Secrets.same(t, bearer.substring(BEARER.length())))
                        .isPresent();
        if (!known) {
            throw new NotAuthorizedException("Bearer realm=\"bounces\"");
        }
    }
}
