package org.habeas.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
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
import java.util.Optional;
import java.util.Set;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.session.StaffSignIn;
import org.habeas.words.CurrentWords;

/** Where local staff accounts sign in and out. */
@Path("/")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class LoginPages {
    @CheckedTemplate(basePath = "site", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance login(Invalid errors, String username, String to);
    }

    private final StaffSignIn staff;
    private final CurrentWords words;

    LoginPages(StaffSignIn staff, CurrentWords words) {
        this.staff = staff;
        this.words = words;
    }

    @GET
    @Path("login")
    public TemplateInstance form(@QueryParam("to") String to) {
        requireLocal();
        return Templates.login(Invalid.nothing(), "", local(to));
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
            Invalid wrong = Invalid.field("password", "errors_sign_in");
            return Response.status(422)
                    .entity(Templates.login(wrong, username, local(to)))
                    .build();
        }
        String next = local(to).isEmpty() ? Places.first(roles.get()) : local(to);
        return Response.seeOther(URI.create(words.link(next))).build();
    }

    @POST
    @Path("logout")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut() {
        staff.signOut();
        return Response.seeOther(URI.create(words.link("/"))).build();
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
