package org.habeas.notification;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.request.Reference;

/** The letter of a refusal before it goes out. */
@Path("/api/v1/cases/{reference}/letter")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Decisions")
class LetterApi {
    record Letter(String letter, boolean edited) {
        static Letter of(RefusalLetters.Proposed proposed) {
            return new Letter(proposed.text(), proposed.edited());
        }

        @Override
        public String toString() {
            return "Letter[…]";
        }
    }

    private final RefusalLetters letters;
    private final CurrentActor actor;

    LetterApi(RefusalLetters letters, CurrentActor actor) {
        this.letters = letters;
        this.actor = actor;
    }

    @GET
    public Letter read(@PathParam("reference") String reference) {
        return Letter.of(letters.of(Reference.required(reference)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Letter edit(@PathParam("reference") String reference, Letter body) {
        Reference of = Reference.required(reference);
        letters.edit(of, actor.officer(), body == null ? null : body.letter());
        return Letter.of(letters.of(of));
    }
}
