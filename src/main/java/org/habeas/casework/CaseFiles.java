package org.habeas.casework;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.actor.CurrentActor;
import org.habeas.datamap.DataMap;
import org.habeas.identity.Timeline;
import org.habeas.law.OwnTargets;
import org.habeas.request.Decision;
import org.habeas.request.Fees;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Pause;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.Restrictions;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.retention.Holds;
import org.habeas.words.Words;

/** Puts the file of one case together for reading. */
@ApplicationScoped
public class CaseFiles {
    private final Requests requests;
    private final RelatedCases related;
    private final Remits remits;
    private final CurrentActor actor;
    private final Notes notes;
    private final Conflicts conflicts;
    private final Restrictions restrictions;
    private final Recipients recipients;
    private final Fees fees;
    private final Holds holds;
    private final Proofs proofs;
    private final DataMap map;
    private final Clock clock;

    CaseFiles(
            Requests requests,
            RelatedCases related,
            Remits remits,
            CurrentActor actor,
            Notes notes,
            Conflicts conflicts,
            Restrictions restrictions,
            Recipients recipients,
            Fees fees,
            Holds holds,
            Proofs proofs,
            DataMap map,
            Clock clock) {
        this.requests = requests;
        this.related = related;
        this.remits = remits;
        this.actor = actor;
        this.notes = notes;
        this.conflicts = conflicts;
        this.restrictions = restrictions;
        this.recipients = recipients;
        this.fees = fees;
        this.holds = holds;
        this.proofs = proofs;
        this.map = map;
        this.clock = clock;
    }

    /** The whole case with its timeline in these words. What was shredded is missing, not an error. */
    @Transactional
    public CaseFile read(Reference reference, Words words) {
        RightsRequest request = requests.read(reference);
        List<Identifier> identifiers = requests.identifiers(request);
        Particulars particulars = requests.particulars(request);
        return new CaseFile(
                request.reference().text(),
                request.right(),
                request.state(),
                request.outcome(),
                request.organisation(),
                request.regime(),
                request.channel(),
                request.language(),
                clockwork(request),
                Optional.ofNullable(particulars.name()),
                Optional.ofNullable(particulars.message()),
                identifiers,
                particulars.corrections(),
                request.verifiedAt().map(at -> proof(request)),
                request.assignee(),
                request.assignedAt(),
                holds.held(hashes(identifiers)),
                request.decision().map(decision -> proposal(request, decision)),
                request.approver(),
                new CaseFile.Figures(
                        request.systemsSearched(),
                        request.rowsFound(),
                        request.rowsChanged(),
                        request.rowsErased(),
                        request.rowsRetained()),
                request.begunAt(),
                request.closedAt(),
                request.packageUntil(),
                requests.timeline(request).stream()
                        .map(m ->
                                new CaseFile.Moment(m.at(), m.what(), Timeline.sentence(request, m, words), m.actor()))
                        .toList(),
                requests.messages(request).stream()
                        .map(m -> new CaseFile.Letter(m.sentAt(), m.sender(), requests.text(request, m)))
                        .toList(),
                notes.of(request),
                related.of(request, remits.of(actor.officer())),
                conflicts.exceptions(request),
                restrictions.of(request),
                (int) recipients.of(request).stream()
                        .filter(n -> n.answer().isEmpty())
                        .count(),
                Optional.ofNullable(particulars.behalf()),
                fees.of(request));
    }

    private CaseFile.Clockwork clockwork(RightsRequest request) {
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), map.organisation().zone());
        boolean closed = request.state() == State.CLOSED;
        LocalDate answerBy = request.answerBy();
        return new CaseFile.Clockwork(
                request.receivedAt(),
                request.receivedOn(),
                request.due(),
                request.extendedTo(),
                request.extensionReason(),
                request.extensible(today),
                request.deadline(today),
                closed ? Optional.empty() : Optional.of(ChronoUnit.DAYS.between(today, answerBy)),
                closed
                        ? OwnTargets.Urgency.CALM
                        : request.law().targets().urgency(request.receivedOn(), request.due(), answerBy, today),
                request.pauses().stream().map(CaseFiles::stop).toList());
    }

    private static CaseFile.Stop stop(Pause pause) {
        return new CaseFile.Stop(pause.from(), pause.to(), pause.reason(), pause.officer());
    }

    private CaseFile.Proof proof(RightsRequest request) {
        return new CaseFile.Proof(
                request.verifiedAt().orElseThrow(),
                request.verificationMethod().orElse(""),
                request.assurance(),
                proofs.enough(request));
    }

    private CaseFile.Proposal proposal(RightsRequest request, Decision decision) {
        return new CaseFile.Proposal(
                decision.answer(),
                decision.ground(),
                decision.plan(),
                decision.letterVersion(),
                decision.checklist(),
                decision.officer(),
                decision.decidedAt(),
                requests.text(request, decision));
    }

    private Set<String> hashes(List<Identifier> identifiers) {
        return identifiers.stream().map(requests::hash).collect(Collectors.toSet());
    }
}
