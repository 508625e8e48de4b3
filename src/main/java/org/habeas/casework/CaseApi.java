package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;

/** One case: reading it, and what an officer does with it besides deciding (contract section 6). */
@Path("/api/v1/cases/{reference}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Cases")
class CaseApi {
    record Assignee(String assignee, boolean takeOver) {}

    record Verification(String method, String note) {}

    record Extension(String reason, Integer months) {}

    record Reason(String reason) {}

    record Message(String text, boolean awaitsAnswer) {}

    private final Cases cases;
    private final CaseFiles files;
    private final Conflicts conflicts;
    private final CurrentActor actor;
    private final CurrentWords words;

    CaseApi(Cases cases, CaseFiles files, Conflicts conflicts, CurrentActor actor, CurrentWords words) {
        this.cases = cases;
        this.files = files;
        this.conflicts = conflicts;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public CaseJson read(@PathParam("reference") String reference) {
        return answer(Reference.required(reference));
    }

    @PUT
    @Path("assignee")
    public CaseJson assign(@PathParam("reference") String reference, Assignee body) {
        Reference of = Reference.required(reference);
        cases.assign(of, actor.officer(), body.assignee(), body.takeOver());
        return answer(of);
    }

    @DELETE
    @Path("assignee")
    public CaseJson release(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        cases.release(of, actor.officer());
        return answer(of);
    }

    @POST
    @Path("verification")
    public CaseJson verify(@PathParam("reference") String reference, Verification body) {
        Reference of = Reference.required(reference);
        cases.verify(of, actor.officer(), body.method(), body.note());
        return answer(of);
    }

    @POST
    @Path("extension")
    public CaseJson extend(@PathParam("reference") String reference, Extension body) {
        Reference of = Reference.required(reference);
        cases.extend(of, actor.officer(), body.reason(), body.months());
        return answer(of);
    }

    @POST
    @Path("pauses")
    public CaseJson pause(@PathParam("reference") String reference, Reason body) {
        Reference of = Reference.required(reference);
        cases.pause(of, actor.officer(), body.reason());
        return answer(of);
    }

    @DELETE
    @Path("pauses/current")
    public CaseJson resume(@PathParam("reference") String reference) {
        Reference of = Reference.required(reference);
        cases.resume(of, actor.officer());
        return answer(of);
    }

    @POST
    @Path("messages")
    public Response write(@PathParam("reference") String reference, Message body) {
        cases.write(Reference.required(reference), actor.officer(), body.text(), body.awaitsAnswer());
        return Response.status(Response.Status.CREATED).build();
    }

    @POST
    @Path("notes")
    public Response note(@PathParam("reference") String reference, Message body) {
        cases.note(Reference.required(reference), actor.officer(), body.text());
        return Response.status(Response.Status.CREATED).build();
    }

    @POST
    @Path("duplicate")
    @Consumes(MediaType.WILDCARD)
    public CaseJson duplicate(@PathParam("reference") String reference, @QueryParam("of") String other) {
        Reference of = Reference.required(reference);
        cases.closeAsDuplicate(of, actor.officer(), Optional.ofNullable(other).map(Reference::required));
        return answer(of);
    }

    /** An officer's way into a case about herself, with a reason. */
    @POST
    @Path("break-glass")
    public CaseJson breakGlass(@PathParam("reference") String reference, Reason body) {
        Reference of = Reference.required(reference);
        conflicts.breakGlass(of, actor.officer(), actor.addresses(), body.reason());
        return answer(of);
    }

    private CaseJson answer(Reference reference) {
        return CaseJson.of(files.read(reference, words.words()));
    }
}
