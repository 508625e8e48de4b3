package org.habeas.identity;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.State;
import org.habeas.words.CurrentWords;

/** The page of one's own request: the passphrase opens it, a code proves the address, then it tells how things stand. */
@Path("/")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PersonPages {
    @CheckedTemplate(defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME, basePath = "identity")
    static class Templates {
        static native TemplateInstance find(String reference, Invalid errors);

        static native TemplateInstance unlock(String reference, Invalid errors);

        static native TemplateInstance code(OwnStatus own, String address, String sent, Invalid errors);

        static native TemplateInstance status(OwnStatus own, String sent, String text, Invalid errors);

        static native TemplateInstance withdrawal(OwnStatus own);
    }

    private final PersonSession session;
    private final OwnRequest own;
    private final Codes codes;
    private final CurrentWords words;

    PersonPages(PersonSession session, OwnRequest own, Codes codes, CurrentWords words) {
        this.session = session;
        this.own = own;
        this.codes = codes;
        this.words = words;
    }

    @GET
    @Path("status")
    public TemplateInstance find() {
        return Templates.find("", Invalid.nothing());
    }

    @POST
    @Path("status")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(@FormParam("reference") String reference, @FormParam("passphrase") String passphrase) {
        Invalid wrong = enter(reference, passphrase);
        if (wrong.any()) {
            String typed = reference == null ? "" : reference;
            return again(Templates.find(typed, wrong));
        }
        return to(Reference.typed(reference).orElseThrow().text(), "");
    }

    @GET
    @Path("request/{reference}")
    public Response status(@PathParam("reference") String reference, @QueryParam("sent") String sent) {
        String name = known(reference);
        return Response.ok(session.holder(name)
                        .map(holder -> page(holder, sent, "", Invalid.nothing()))
                        .orElseGet(() -> Templates.unlock(name, Invalid.nothing())))
                .build();
    }

    @POST
    @Path("request/{reference}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response unlock(@PathParam("reference") String reference, @FormParam("passphrase") String passphrase) {
        Invalid wrong = enter(known(reference), passphrase);
        return wrong.any() ? again(Templates.unlock(known(reference), wrong)) : to(known(reference), "");
    }

    @POST
    @Path("request/{reference}/verification")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response verify(@PathParam("reference") String reference, @FormParam("code") String code) {
        return act(reference, "", "", holder -> own.verify(holder, code));
    }

    @POST
    @Path("request/{reference}/codes")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response newCode(@PathParam("reference") String reference) {
        return act(reference, "?sent=code#prove", "", codes::send);
    }

    @POST
    @Path("request/{reference}/messages")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response write(@PathParam("reference") String reference, @FormParam("text") String text) {
        return act(reference, "?sent=message#messages", text, holder -> own.write(holder, text));
    }

    @GET
    @Path("request/{reference}/withdrawal")
    public Response askWithdrawal(@PathParam("reference") String reference) {
        return session.holder(known(reference))
                .map(holder -> Response.ok(Templates.withdrawal(own.status(holder, words.words())))
                        .build())
                .orElseGet(() -> to(known(reference), ""));
    }

    @POST
    @Path("request/{reference}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response withdraw(@PathParam("reference") String reference) {
        return act(reference, "", "", own::withdraw);
    }

    @POST
    @Path("request/{reference}/leave")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response leave(@PathParam("reference") String reference) {
        session.holder(known(reference)).ifPresent(session::leave);
        return Response.seeOther(URI.create(words.link("/"))).build();
    }

    /** Does it and shows the page anew, or shows what is wrong; who is not let in is asked for the passphrase. */
    private Response act(String reference, String then, String text, Consumer<Holder> command) {
        Optional<Holder> holder = session.holder(known(reference));
        if (holder.isEmpty()) {
            return to(known(reference), "");
        }
        try {
            command.accept(holder.get());
            return to(known(reference), then);
        } catch (Invalid invalid) {
            return again(page(holder.get(), "", text == null ? "" : text, invalid));
        }
    }

    private TemplateInstance page(Holder holder, String sent, String text, Invalid errors) {
        OwnStatus status = own.status(holder, words.words());
        String done = sent == null ? "" : sent;
        return status.state() == State.UNVERIFIED
                ? Templates.code(status, own.maskedAddress(holder), done, errors)
                : Templates.status(status, done, text, errors);
    }

    private Invalid enter(String reference, String passphrase) {
        try {
            session.enter(reference == null ? "" : reference, passphrase == null ? "" : passphrase);
            return Invalid.nothing();
        } catch (NotFound unknown) {
            return Invalid.field("passphrase", "status_not_opened");
        }
    }

    /** The reference in its own form; what cannot be one names no page. */
    private static String known(String reference) {
        return Reference.typed(reference)
                .orElseThrow(() -> new NotFound(Requests.UNKNOWN))
                .text();
    }

    private static Response again(TemplateInstance page) {
        return Response.status(422).entity(page).build();
    }

    private Response to(String reference, String then) {
        return Response.seeOther(URI.create(words.link("/request/" + reference + then)))
                .build();
    }
}
