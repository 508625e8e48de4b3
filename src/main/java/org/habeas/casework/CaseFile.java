package org.habeas.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.habeas.law.Assurance;
import org.habeas.law.Deadline;
import org.habeas.law.OwnTargets;
import org.habeas.law.Right;
import org.habeas.request.Answer;
import org.habeas.request.Behalf;
import org.habeas.request.Channel;
import org.habeas.request.Correction;
import org.habeas.request.Fee;
import org.habeas.request.Identifier;
import org.habeas.request.Outcome;
import org.habeas.request.Restriction;
import org.habeas.request.State;

/** One case whole, as an officer reads it. */
public record CaseFile(
        String reference,
        Right right,
        State state,
        Optional<Outcome> outcome,
        String organisation,
        String regime,
        Channel channel,
        String language,
        Clockwork clock,
        Optional<String> name,
        Optional<String> message,
        List<Identifier> identifiers,
        List<Correction> corrections,
        Optional<Proof> verification,
        Optional<String> assignee,
        Optional<Instant> assignedAt,
        boolean held,
        Optional<Proposal> decision,
        Optional<String> approver,
        Figures figures,
        Optional<Instant> begunAt,
        Optional<Instant> closedAt,
        Optional<Instant> packageUntil,
        List<Moment> timeline,
        List<Letter> messages,
        List<Note> notes,
        List<Related> related,
        List<Exempted> exceptions,
        Optional<Restriction> restriction,
        int unansweredRecipients,
        Optional<Behalf> behalf,
        Optional<Fee> fee) {
    /** Dates and why they are what they are; {@code daysLeft} is empty once the case is closed. */
    public record Clockwork(
            Instant receivedAt,
            LocalDate receivedOn,
            LocalDate due,
            Optional<LocalDate> extendedTo,
            Optional<String> extensionReason,
            boolean extensible,
            Deadline why,
            Optional<Long> daysLeft,
            OwnTargets.Urgency urgency,
            List<Stop> pauses) {
        public LocalDate answerBy() {
            return extendedTo.orElse(due);
        }
    }

    /** A time in which the clock stood still; it still does where {@code to} is empty. */
    public record Stop(LocalDate from, Optional<LocalDate> to, String reason, String officer) {}

    /** When and how identity was proven; {@code enough} tells whether that is strong enough for this right. */
    public record Proof(Instant at, String method, Assurance assurance, boolean enough) {}

    public record Proposal(
            Answer answer,
            Optional<String> ground,
            Optional<String> plan,
            Optional<String> letter,
            List<String> checklist,
            String officer,
            Instant at,
            Optional<String> text) {}

    public record Figures(int systemsSearched, long found, long changed, long erased, long retained) {}

    /** Something that happened: the event's name, and a sentence in the officer's language. */
    public record Moment(Instant at, String event, String what, String actor) {}

    public record Letter(Instant at, String from, String text) {}

    public record Note(Instant at, String officer, String text) {}

    /**
     * Another case of the same person; a duplicate asks for the same while both are open. {@code link} is {@code letter} for
     * one that came in the same letter, {@code duplicate} where one is answered in the other.
     */
    public record Related(
            String reference,
            Right right,
            State state,
            Optional<Outcome> outcome,
            boolean duplicate,
            Optional<String> link) {}

    /** An officer who works this case although it is about herself; the reason is a note. */
    public record Exempted(String officer, Instant at) {}

    @Override
    public String toString() {
        return "CaseFile[" + reference + "]";
    }
}
