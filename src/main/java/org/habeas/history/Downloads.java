package org.habeas.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.CaseProofs;
import org.habeas.audit.SignedHistory;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;

/** What an auditor takes out, over the API or from a page: written down first, then streamed. */
@ApplicationScoped
class Downloads {
    private final CaseRows cases;
    private final SignedHistory history;
    private final CaseProofs proofs;
    private final CaseGlance glance;
    private final Reading reading;
    private final Clock clock;

    Downloads(
            CaseRows cases, SignedHistory history, CaseProofs proofs, CaseGlance glance, Reading reading, Clock clock) {
        this.cases = cases;
        this.history = history;
        this.proofs = proofs;
        this.glance = glance;
        this.reading = reading;
        this.clock = clock;
    }

    /** The request history. */
    Response cases(Actor auditor, CaseFilter filter, Format format) {
        reading.note(Act.of("history.exported", auditor)
                .fact("format", format.code())
                .fact("from", filter.period().from().map(Period.Bound::toString).orElse(null))
                .fact("to", filter.period().to().map(Period.Bound::toString).orElse(null))
                .fact("right", filter.right().map(right -> right.code()).orElse(null))
                .fact("organisation", filter.organisation().orElse(null))
                .fact("outcome", filter.outcome().map(outcome -> outcome.code()).orElse(null)));
        StreamingOutput content = out -> {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 15);
            try (CaseTable table = format.table(buffered)) {
                cases.each(filter, table);
            }
            buffered.flush();
        };
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return file(content, format.mediaType(), "habeas-history-" + today + "." + format.code());
    }

    /** Everything under the last signed head. */
    Response bundle(Actor auditor) {
        reading.note(Act.of("history.bundle-read", auditor));
        SignedHistory.Head head = history.head();
        StreamingOutput content = out -> history.bundle(head, out);
        return file(
                content, "application/zip", "habeas-bundle-" + head.checkpoint().size() + ".zip");
    }

    /** The last signed head. */
    SignedHistory.Head checkpoint(Actor auditor) {
        reading.note(Act.of("history.checkpoint-read", auditor));
        return history.head();
    }

    /** The proof of one case; {@link NotFound} where there is no such case. */
    ProofDocument proof(Actor auditor, String typed) {
        CaseGlance.Facts request =
                Reference.typed(typed).flatMap(glance::find).orElseThrow(() -> new NotFound("history_unknown"));
        reading.note(Act.of("history.proof-read", auditor).about(request.id()));
        return ProofDocument.of(request.reference(), proofs.of(request.id()));
    }

    static Response file(Object content, String type, String name) {
        return Response.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
