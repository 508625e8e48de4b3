package org.habeas.casework;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.request.Correction;
import org.habeas.request.Fee;
import org.habeas.request.Outcome;

/** A case as the API tells it. */
record CaseJson(
        String reference,
        String right,
        String state,
        Optional<String> outcome,
        String organisation,
        String regime,
        String channel,
        String language,
        Instant receivedAt,
        LocalDate receivedOn,
        LocalDate due,
        Optional<LocalDate> extendedTo,
        Optional<Long> daysLeft,
        String urgency,
        List<String> why,
        Optional<String> name,
        Optional<String> message,
        List<Known> identifiers,
        List<Correction> corrections,
        Optional<Verification> verification,
        Optional<String> assignee,
        Optional<Instant> assignedAt,
        Optional<Extension> extension,
        List<CaseFile.Stop> pauses,
        boolean held,
        Optional<Decision> decision,
        Optional<Approval> approval,
        CaseFile.Figures figures,
        Optional<Instant> begunAt,
        Optional<Instant> closedAt,
        List<CaseFile.Moment> timeline,
        List<CaseFile.Letter> messages,
        List<CaseFile.Note> notes,
        List<Related> related,
        List<CaseFile.Exempted> exceptions,
        Optional<Restricted> restriction,
        Optional<Charged> fee) {
    record Charged(
            BigDecimal amount,
            String currency,
            String ground,
            List<String> checklist,
            String officer,
            Optional<String> approver,
            Optional<Instant> askedAt,
            Optional<String> ending) {}

    record Restricted(String ground, Instant since, Optional<LocalDate> endsOn, Optional<Instant> liftedAt) {}

    record Known(String kind, String value, boolean proven) {}

    record Verification(Instant at, String method, String assurance, boolean enough) {}

    record Extension(LocalDate to, Optional<String> reason) {}

    record Decision(
            String outcome,
            Optional<String> ground,
            Optional<String> plan,
            List<String> checklist,
            String officer,
            Instant at,
            Optional<String> text) {}

    record Approval(String officer) {}

    record Related(
            String reference,
            String right,
            String state,
            Optional<String> outcome,
            boolean duplicate,
            Optional<String> link) {}

    static CaseJson of(CaseFile file) {
        CaseFile.Clockwork clock = file.clock();
        return new CaseJson(
                file.reference(),
                file.right().code(),
                file.state().code(),
                file.outcome().map(Outcome::code),
                file.organisation(),
                file.regime(),
                file.channel().code(),
                file.language(),
                clock.receivedAt(),
                clock.receivedOn(),
                clock.due(),
                clock.extendedTo(),
                clock.daysLeft(),
                clock.urgency().name().toLowerCase(Locale.ROOT),
                clock.why().inEnglish(),
                file.name(),
                file.message(),
                file.identifiers().stream()
                        .map(i -> new Known(i.kind(), i.value(), i.proven()))
                        .toList(),
                file.corrections(),
                file.verification()
                        .map(v -> new Verification(
                                v.at(), v.method(), v.assurance().code(), v.enough())),
                file.assignee(),
                file.assignedAt(),
                clock.extendedTo().map(to -> new Extension(to, clock.extensionReason())),
                clock.pauses(),
                file.held(),
                file.decision()
                        .map(d -> new Decision(
                                d.answer().code(), d.ground(), d.plan(), d.checklist(), d.officer(), d.at(), d.text())),
                file.approver().map(Approval::new),
                file.figures(),
                file.begunAt(),
                file.closedAt(),
                file.timeline(),
                file.messages(),
                file.notes(),
                file.related().stream().map(CaseJson::related).toList(),
                file.exceptions(),
                file.restriction().map(r -> new Restricted(r.ground(), r.since(), r.endsOn(), r.liftedAt())),
                file.fee()
                        .map(f -> new Charged(
                                f.amount(),
                                f.currency(),
                                f.ground(),
                                f.checklist(),
                                f.officer(),
                                f.approver(),
                                f.askedAt(),
                                f.ending().map(Fee.Ending::code))));
    }

    private static Related related(CaseFile.Related other) {
        return new Related(
                other.reference(),
                other.right().code(),
                other.state().code(),
                other.outcome().map(Outcome::code),
                other.duplicate(),
                other.link());
    }

    @Override
    public String toString() {
        return "CaseJson[" + reference + "]";
    }
}
