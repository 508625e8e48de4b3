package org.habeas.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.audit.Act;
import org.habeas.audit.CaseProofs;
import org.habeas.audit.Hash;
import org.habeas.audit.SignedHistory;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.jspecify.annotations.Nullable;

/** The history's proof (contract section 8): checkpoint, bundle, and the proof of one case. */
@Path("/api/v1/audit")
@RolesAllowed(Roles.AUDITOR)
class AuditApi {
    static final String PROOF_FORMAT = "habeas-proof/1";

    private final SignedHistory history;
    private final CaseProofs proofs;
    private final Requests requests;
    private final Reading reading;
    private final CurrentActor actor;

    AuditApi(SignedHistory history, CaseProofs proofs, Requests requests, Reading reading, CurrentActor actor) {
        this.history = history;
        this.proofs = proofs;
        this.requests = requests;
        this.reading = reading;
        this.actor = actor;
    }

    record Proof(
            String format,
            String reference,
            String checkpoint,
            String publicKey,
            List<ProvenEntry> entries,
            long waiting) {}

    record ProvenEntry(long index, String entry, List<String> path, String details, @Nullable Instant shreddedAt) {}

    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN + ";charset=utf-8")
    @Operation(summary = "The last signed head of the history, a C2SP signed note")
    public String checkpoint() {
        reading.note(Act.of("history.checkpoint-read", actor.as(Actor.Kind.AUDITOR)));
        return history.head().note().toString();
    }

    @GET
    @Path("bundle")
    @Operation(summary = "Everything under the last signed head, for the subcommand verify")
    public Response bundle() {
        reading.note(Act.of("history.bundle-read", actor.as(Actor.Kind.AUDITOR)));
        SignedHistory.Head head = history.head();
        StreamingOutput content = out -> history.bundle(head, out);
        String name = "habeas-bundle-" + head.checkpoint().size() + ".zip";
        return Response.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    @GET
    @Path("proof/{reference}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The entries of one case and their proof of inclusion")
    public Proof proof(String reference) {
        RightsRequest request = requests.read(Reference.typed(reference).orElseThrow(AuditApi::unknown));
        reading.note(Act.of("history.proof-read", actor.as(Actor.Kind.AUDITOR)).about(request.id()));
        CaseProofs.CaseProof proof = proofs.of(request.id());
        return new Proof(
                PROOF_FORMAT,
                request.reference().text(),
                proof.head().note().toString(),
                proof.head().key().toString(),
                proof.entries().stream().map(AuditApi::wire).toList(),
                proof.waiting());
    }

    private static ProvenEntry wire(CaseProofs.ProvenEntry entry) {
        return new ProvenEntry(
                entry.proof().index(),
                entry.entry(),
                entry.proof().path().stream().map(Hash::base64).toList(),
                entry.details().name().toLowerCase(Locale.ROOT),
                entry.shreddedAt().orElse(null));
    }

    private static NotFound unknown() {
        return new NotFound("There is no such request");
    }
}
