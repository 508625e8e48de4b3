package org.habeas.outbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.words.CurrentWords;

/** "Outgoing mail": without a mail server the mails themselves, with one what became of them. */
@Path("/outbox")
@RolesAllowed("admin")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class OutboxPages {
    private static final int MOST = 100;

    @CheckedTemplate(basePath = "outbox", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance outbox(OutboxPage page);
    }

    /** What the page shows, newest first. */
    record OutboxPage(boolean server, String to, List<Posted> mails) {}

    private final Outbox outbox;
    private final MailServer server;
    private final CurrentWords words;
    private final CurrentActor actor;

    OutboxPages(Outbox outbox, MailServer server, CurrentWords words, CurrentActor actor) {
        this.outbox = outbox;
        this.server = server;
        this.words = words;
        this.actor = actor;
    }

    @GET
    public TemplateInstance list(@QueryParam("to") String to) {
        Optional<String> address = Optional.ofNullable(to).filter(t -> !t.isBlank());
        List<Posted> mails = new ArrayList<>(outbox.read(actor.as(Actor.Kind.ADMIN), address, MOST));
        Collections.reverse(mails);
        return Templates.outbox(new OutboxPage(server.named(), to == null ? "" : to, mails));
    }

    /** Tries a mail again that a server had refused. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response again(@FormParam("mail") UUID mail) {
        outbox.again(mail, actor.as(Actor.Kind.ADMIN));
        return Response.seeOther(URI.create(words.link("/outbox"))).build();
    }
}
