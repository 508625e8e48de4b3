package org.habeas.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.habeas.law.Right;
import org.habeas.request.Behalf;
import org.habeas.request.Outcome;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.words.Words;

/** What a person is told of her own request. {@code packageUntil} is there as long as the package can be fetched. */
public record OwnStatus(
        String reference,
        Right right,
        State state,
        Optional<Outcome> outcome,
        Instant receivedAt,
        LocalDate receivedOn,
        LocalDate due,
        Optional<LocalDate> extendedTo,
        boolean cancellable,
        List<Line> timeline,
        List<Letter> messages,
        Optional<Instant> packageUntil,
        String organisation,
        List<OwnStatus> parts,
        Optional<Behalf> behalf) {
    /** One thing that happened, as a sentence. */
    public record Line(Instant at, String what) {}

    /** A message; {@code from} is {@code person} or {@code officer}. */
    public record Letter(Instant at, String from, String text) {
        @Override
        public String toString() {
            return "Letter[" + at + "]";
        }
    }

    /** Whether several companies answer, each on its own. */
    public boolean several() {
        return parts.size() > 1;
    }

    /** What the page is headed by: the state, or how it ended. */
    public String standing() {
        return outcome.map(Outcome::code).orElse(state.code());
    }

    public boolean closed() {
        return state == State.CLOSED;
    }

    /** The last day on which the answer is in time, extended or not. */
    public LocalDate answerBy() {
        return extendedTo.orElse(due);
    }

    /** The request with those that belong to it: how each company stands. */
    static OwnStatus of(RightsRequest request, Requests requests, Words words, Instant now) {
        List<RightsRequest> all = requests.readTogether(request);
        return one(
                request,
                requests,
                words,
                now,
                all.size() == 1
                        ? List.of()
                        : all.stream()
                                .map(r -> one(r, requests, words, now, List.of()))
                                .toList());
    }

    static boolean cancellable(RightsRequest request) {
        return request.state() != State.CLOSED && request.begunAt().isEmpty();
    }

    private static OwnStatus one(
            RightsRequest request, Requests requests, Words words, Instant now, List<OwnStatus> parts) {
        return new OwnStatus(
                request.reference().text(),
                request.right(),
                request.state(),
                request.outcome(),
                request.receivedAt(),
                request.receivedOn(),
                request.due(),
                request.extendedTo(),
                cancellable(request),
                requests.timelineForPerson(request).stream()
                        .map(moment -> new Line(moment.at(), Timeline.sentence(request, moment, words)))
                        .toList(),
                requests.messages(request).stream()
                        .map(m -> new Letter(m.sentAt(), m.sender(), requests.text(request, m)))
                        .toList(),
                request.packageUntil().filter(now::isBefore),
                request.organisation(),
                parts,
                Optional.ofNullable(requests.particulars(request).behalf()));
    }
}
