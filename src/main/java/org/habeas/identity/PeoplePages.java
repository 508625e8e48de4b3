package org.habeas.identity;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.SignedInPerson;
import org.habeas.problem.NotFound;
import org.habeas.words.CurrentWords;

/** Where people sign in, where the organisation has a provider for them, and see all their requests. */
@Path("/mine")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PeoplePages {
    @CheckedTemplate(basePath = "identity", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance mine(List<OwnRequests.Line> requests);
    }

    private final CurrentActor actor;
    private final PeopleSignIn signIn;
    private final OwnRequests own;
    private final PersonSession session;
    private final CurrentWords words;

    PeoplePages(CurrentActor actor, PeopleSignIn signIn, OwnRequests own, PersonSession session, CurrentWords words) {
        this.actor = actor;
        this.signIn = signIn;
        this.own = own;
        this.session = session;
        this.words = words;
    }

    @GET
    public TemplateInstance all() {
        return Templates.mine(own.of(person()));
    }

    /** Where the provider sends people back to. */
    @GET
    @Path("signed-in")
    public Response signedIn() {
        person();
        return seeOther("/mine");
    }

    /** Opens one of her requests without its passphrase. */
    @GET
    @Path("{reference}")
    public Response open(@PathParam("reference") String reference) {
        var found = own.find(person(), reference).orElseThrow(() -> new NotFound(""));
        session.begin(found);
        return seeOther("/request/" + found.text());
    }

    @POST
    @Path("leave")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response leave() {
        mustBeOn();
        signIn.forget();
        return seeOther("/mine/logout");
    }

    /** Who is not yet signed in goes to the provider and comes back here. */
    private SignedInPerson person() {
        mustBeOn();
        SignedInPerson person = actor.person().orElseThrow(UnauthorizedException::new);
        signIn.remember(person);
        return person;
    }

    private void mustBeOn() {
        if (!signIn.isOn()) {
            throw new NotFound("");
        }
    }

    private Response seeOther(String path) {
        return Response.seeOther(URI.create(words.link(path))).build();
    }
}
