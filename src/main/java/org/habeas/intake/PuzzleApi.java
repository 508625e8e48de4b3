package org.habeas.intake;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.limit.Puzzles;

/**
 * Gives out work that a machine can do to show that it means it: send {@code CHALLENGE:NUMBER} whose SHA-256 begins with so
 * many zero bits in the header {@code Habeas-Work} of a new request. It only counts while {@code required}.
 */
@Path("/api/v1/puzzle")
@Tag(name = "Your request")
@PermitAll
class PuzzleApi {
    record Puzzle(boolean required, String challenge, int bits, Instant expiresAt) {}

    private final Gate gate;
    private final Puzzles puzzles;

    PuzzleApi(Gate gate, Puzzles puzzles) {
        this.gate = gate;
        this.puzzles = puzzles;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Puzzle next() {
        Puzzles.Puzzle next = puzzles.next();
        return new Puzzle(gate.rushed(), next.challenge(), next.bits(), next.expiresAt());
    }
}
