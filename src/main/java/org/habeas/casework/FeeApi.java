package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.request.Reference;
import org.habeas.session.FreshSignIn;
import org.habeas.words.CurrentWords;

/** A fee for a request that is manifestly unfounded or excessive, or for a further copy (Articles 12(5)(a) and 15(3)). */
@Path("/api/v1/cases/{reference}/fee")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Decisions")
class FeeApi {
    record Fee(String amount, String currency, String ground, List<String> checklist, String reason) {
        @Override
        public String toString() {
            return "Fee[…]";
        }
    }

    record Approval(Boolean approve) {}

    private final Charging charging;
    private final CaseFiles files;
    private final CurrentActor actor;
    private final CurrentWords words;

    FeeApi(Charging charging, CaseFiles files, CurrentActor actor, CurrentWords words) {
        this.charging = charging;
        this.files = files;
        this.actor = actor;
        this.words = words;
    }

    @POST
    public CaseJson propose(@PathParam("reference") String reference, Fee body) {
        Reference of = Reference.required(reference);
        charging.propose(
                of,
                actor.officer(),
                new Charging.Typed(body.amount(), body.currency(), body.ground(), body.checklist(), body.reason()));
        return answer(of);
    }

    @POST
    @Path("approval")
    @FreshSignIn
    public CaseJson approve(@PathParam("reference") String reference, Approval body) {
        Reference of = Reference.required(reference);
        charging.approve(of, actor.officer(), body.approve());
        return answer(of);
    }

    @POST
    @Path("payment")
    @Consumes(MediaType.WILDCARD)
    public CaseJson paid(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        charging.paid(of, actor.officer());
        return answer(of);
    }

    @DELETE
    @Consumes(MediaType.WILDCARD)
    public CaseJson waive(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        charging.waive(of, actor.officer());
        return answer(of);
    }

    private CaseJson answer(Reference reference) {
        return CaseJson.of(files.read(reference, words.words()));
    }
}
