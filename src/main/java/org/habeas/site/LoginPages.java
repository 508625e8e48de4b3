package org.habeas.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.session.StaffSignIn;
import org.habeas.words.CurrentWords;
import org.jboss.logging.Logger;

/** Where staff sign in and out: here with a local account, or at the OpenID Connect provider. */
@Path("/")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class LoginPages {
    private static final Logger LOG = Logger.getLogger(LoginPages.class);

    @CheckedTemplate(basePath = "site", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance login(Invalid errors, String username, String to);
    }

    private final StaffSignIn staff;
    private final CurrentActor actor;
    private final CurrentWords words;
    private final Duration fresh;

    LoginPages(
            StaffSignIn staff,
            CurrentActor actor,
            CurrentWords words,
            @ConfigProperty(name = "habeas.fresh-sign-in") Duration fresh) {
        this.fresh = fresh;
        this.staff = staff;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Path("login")
    public Response form(@QueryParam("to") String to) {
        return staff.local()
                ? Response.ok(Templates.login(Invalid.nothing(), "", local(to))).build()
                : signedIn(actor.signedIn(), to);
    }

    /** Where staff go whose sign-in is too old for what they want to do. */
    @GET
    @Path("sign-in-again")
    public Response again(@QueryParam("to") String to) {
        return signedIn(actor.signedInWithin(fresh), to);
    }

    /** Where the OpenID Connect provider sends staff back to. */
    @GET
    @Path("signed-in")
    @RolesAllowed({Roles.OFFICER, Roles.AUDITOR, Roles.ADMIN})
    public Response signedIn() {
        return seeOther(Places.first(actor.roles()));
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signIn(
            @FormParam("username") String username,
            @FormParam("password") String password,
            @FormParam("to") String to) {
        requireLocal();
        Optional<Set<String>> roles = staff.signIn(orEmpty(username).strip(), orEmpty(password));
        if (roles.isEmpty()) {
            LOG.info("a sign-in with a local account failed");
            Invalid wrong = Invalid.field("password", "errors_sign_in");
            return Response.status(422)
                    .entity(Templates.login(wrong, username, local(to)))
                    .build();
        }
        LOG.infof("a sign-in with a local account: %s", roles.get());
        String next = local(to).isEmpty() ? Places.first(roles.get()) : local(to);
        return seeOther(next);
    }

    @POST
    @Path("logout")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut() {
        staff.signOut();
        return seeOther(staff.local() ? "/" : "/logout/provider");
    }

    /** Who is not yet signed in goes to the provider and comes back to this very address. */
    private Response signedIn(boolean already, String to) {
        if (!already) {
            throw new UnauthorizedException();
        }
        return seeOther(local(to).isEmpty() ? "/signed-in" : local(to));
    }

    private Response seeOther(String path) {
        return Response.seeOther(URI.create(words.link(path))).build();
    }

    private void requireLocal() {
        if (!staff.local()) {
            throw new NotFound("");
        }
    }

    /** A path of this portal, or nothing: nobody is sent elsewhere after signing in. */
    private static String local(String to) {
        return to != null && to.matches("/[A-Za-z0-9][A-Za-z0-9/_-]{0,200}") ? to : "";
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
