package org.habeas.casework;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.List;
import java.util.Objects;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.habeas.session.FreshSignIn;
import org.habeas.words.CurrentWords;
import org.jspecify.annotations.Nullable;

/** A fee that is asked before a request is answered (Articles 12(5)(a) and 15(3)), on the officer's screen. */
@Path("/cases/{reference}/fee")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class FeePages {
    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance fee(CasePage page, Invalid errors, List<Ground> grounds, Typed typed);
    }

    /** What was typed so far. */
    public record Typed(String amount, String currency, String ground, List<String> checklist, String reason) {
        @Override
        public String toString() {
            return "Typed[…]";
        }
    }

    private final Charging charging;
    private final CaseFiles files;
    private final DataMap map;
    private final CurrentActor actor;
    private final CurrentWords words;

    FeePages(Charging charging, CaseFiles files, DataMap map, CurrentActor actor, CurrentWords words) {
        this.charging = charging;
        this.files = files;
        this.map = map;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance fee(@PathParam("reference") String reference, @QueryParam("said") String said) {
        return fee(reference, said, Invalid.nothing(), new Typed("", "", "", List.of(), ""));
    }

    @POST
    public Response propose(
            @PathParam("reference") String reference,
            @FormParam("amount") String amount,
            @FormParam("currency") String currency,
            @FormParam("ground") String ground,
            @FormParam("checklist") List<String> checklist,
            @FormParam("reason") String reason) {
        List<String> checked = checklist == null ? List.of() : checklist;
        try {
            charging.propose(
                    Reference.required(reference),
                    actor.officer(),
                    new Charging.Typed(amount, currency, ground, checked, reason));
            return see(reference, "fee_proposed");
        } catch (Invalid e) {
            var typed = new Typed(
                    Objects.toString(amount, ""),
                    Objects.toString(currency, ""),
                    Objects.toString(ground, ""),
                    checked,
                    Objects.toString(reason, ""));
            return Response.status(422).entity(fee(reference, null, e, typed)).build();
        }
    }

    @POST
    @Path("approval")
    @FreshSignIn
    public Response approve(@PathParam("reference") String reference, @FormParam("approve") boolean approve) {
        charging.approve(Reference.required(reference), actor.officer(), approve);
        return see(reference, approve ? "fee_asked" : "sent_back");
    }

    @POST
    @Path("payment")
    public Response paid(@PathParam("reference") String reference) {
        charging.paid(Reference.required(reference), actor.officer());
        return see(reference, "fee_paid");
    }

    @POST
    @Path("waiver")
    public Response waive(@PathParam("reference") String reference) {
        charging.waive(Reference.required(reference), actor.officer());
        return see(reference, "fee_waived");
    }

    private TemplateInstance fee(String reference, @Nullable String said, Invalid errors, Typed typed) {
        var file = files.read(Reference.required(reference), words.words());
        var page = new CasePage(file, "decision", actor.officer().name(), Said.known(said), map, words.words());
        return Templates.fee(page, errors, Grounds.allowed(file.right(), "fee", file.regime()), typed);
    }

    private Response see(String reference, String said) {
        return Response.seeOther(URI.create(
                        words.link("/cases/" + Reference.required(reference).text() + "/fee?said=" + said)))
                .build();
    }
}
