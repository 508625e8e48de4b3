package org.habeas.intake;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.habeas.identity.Holder;
import org.habeas.identity.OwnRequest;
import org.habeas.identity.PeopleSignIn;
import org.habeas.identity.PersonSession;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.words.CurrentWords;

/** The form by which a person asks: one question a page, then her answers to check, then what she must keep. */
@Path("/")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class IntakePages {
    private final Intake intake;
    private final Drafts drafts;
    private final FormPages forms;
    private final PersonSession session;
    private final PeopleSignIn people;
    private final OwnRequest own;
    private final CurrentWords words;

    IntakePages(
            Intake intake,
            Drafts drafts,
            FormPages forms,
            PersonSession session,
            PeopleSignIn people,
            OwnRequest own,
            CurrentWords words) {
        this.people = people;
        this.intake = intake;
        this.drafts = drafts;
        this.forms = forms;
        this.session = session;
        this.own = own;
        this.words = words;
    }

    @GET
    @Path("request")
    public Response question(
            @QueryParam("step") String code, @QueryParam("then") String then, @QueryParam("right") String right) {
        Draft draft = drafts.current();
        Step step = Step.of(code).orElse(Step.RIGHT);
        Optional<Step> missing = draft.missing().filter(m -> m.ordinal() < step.ordinal());
        if (missing.isPresent()) {
            return to(missing.get());
        }
        return Response.ok(forms.page(step, draft, then, right, Invalid.nothing()))
                .build();
    }

    @POST
    @Path("request")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(MultivaluedMap<String, String> form, @Context HttpServerRequest http) {
        Step step = Step.of(form.getFirst("step")).orElse(Step.RIGHT);
        Draft before = drafts.current();
        Draft draft = before.with(form);
        Optional<Step> missing = before.missing().filter(m -> m.ordinal() < step.ordinal());
        if (missing.isPresent()) {
            return to(missing.get());
        } else if (step == Step.CHECK) {
            return send(draft, Caller.of(http.remoteAddress().hostAddress(), form.getFirst("work")));
        } else if (form.containsKey("remove")) {
            drafts.keep(before.without(forms.number(form.getFirst("remove"))));
            return to(step);
        }
        Invalid wrong = forms.wrong(step, intake, draft);
        if (!wrong.any()) {
            drafts.keep(draft);
            boolean again = form.containsKey("more");
            boolean back =
                    "check".equals(form.getFirst("then")) && draft.missing().isEmpty();
            return to(again ? step : back ? Step.CHECK : step.next(draft));
        }
        return Response.status(422)
                .entity(forms.page(step, draft, form.getFirst("then"), null, wrong))
                .build();
    }

    /** What the person must keep: shown as long as this browser's session lasts. */
    @GET
    @Path("request/{reference}/receipt")
    public Response receipt(@PathParam("reference") String typed) {
        String reference =
                Reference.typed(typed).map(Reference::text).orElseThrow(() -> new NotFound(Requests.UNKNOWN));
        Optional<Holder> holder = session.holder(reference);
        Optional<String> passphrase = drafts.passphrase(reference);
        if (holder.isEmpty() || passphrase.isEmpty()) {
            return seeOther("/request/" + reference);
        }
        TemplateInstance page = FormPages.Templates.receipt(
                own.status(holder.get(), words.words()),
                passphrase.get(),
                own.maskedAddress(holder.get()),
                Invalid.nothing());
        return Response.ok(page).build();
    }

    private Response send(Draft draft, Caller caller) {
        Invalid wrong = forms.wrong(Step.CHECK, intake, draft);
        if (wrong.any()) {
            return Response.status(422)
                    .entity(forms.page(Step.CHECK, draft, null, null, wrong))
                    .build();
        }
        Requests.Opened opened = intake.fileOnce(
                draft.filed(words.language()),
                caller,
                null,
                draft.attempt(),
                people.strongEnoughFor(draft.filing().right()));
        String reference = opened.request().reference().text();
        session.begin(opened.request().reference());
        drafts.sent(reference, opened.passphrase());
        return seeOther("/request/" + reference + "/receipt");
    }

    private Response to(Step step) {
        return seeOther(step == Step.RIGHT ? "/request" : "/request?step=" + step.code());
    }

    private Response seeOther(String path) {
        return Response.seeOther(URI.create(words.link(path))).build();
    }
}
