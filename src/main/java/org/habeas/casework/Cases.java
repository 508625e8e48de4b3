package org.habeas.casework;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.habeas.request.Identifier;
import org.habeas.request.Links;
import org.habeas.request.Message;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.Verification;
import org.jspecify.annotations.Nullable;

/** What an officer does with a case besides deciding it. */
@ApplicationScoped
@Transactional
public class Cases {
    private static final int ACCOUNT = 100;
    private static final int REASON = 1_000;
    private static final int TEXT = 10_000;
    private static final int MOST = 200;

    private final Requests requests;
    private final Notes notes;
    private final Officers officers;
    private final Remits remits;
    private final Links links;
    private final DataMap map;
    private final Clock clock;

    Cases(Requests requests, Notes notes, Officers officers, Remits remits, Links links, DataMap map, Clock clock) {
        this.requests = requests;
        this.notes = notes;
        this.officers = officers;
        this.remits = remits;
        this.links = links;
        this.map = map;
        this.clock = clock;
    }

    /** Gives the case to an officer; from another one only with {@code takeOver}. */
    public void assign(Reference reference, Actor officer, @Nullable String assignee, boolean takeOver) {
        String to = required("assignee", Text.line("assignee", assignee, ACCOUNT));
        officers.mustBeKnown(to, officer);
        RightsRequest request = requests.get(reference);
        remits.mustCover(request, officer);
        if (!remits.covers(to, request)) {
            throw Invalid.field("assignee", "case_problem_assignee_company");
        }
        requests.record(request.assign(officer, to, takeOver, clock.instant()));
    }

    /** Gives many cases to an officer, all or none. */
    public void assignAll(List<Reference> references, Actor officer, @Nullable String assignee, boolean takeOver) {
        if (references.isEmpty() || references.size() > MOST) {
            throw Invalid.field("references", "queue_problem_many(" + MOST + ")");
        }
        // in one order, so that two officers who do this at once do not wait for each other
        references.stream()
                .sorted(Comparator.comparing(Reference::text))
                .distinct()
                .forEach(reference -> assign(reference, officer, assignee, takeOver));
    }

    public void release(Reference reference, Actor officer) {
        RightsRequest request = requests.get(reference);
        if (request.assignee().isPresent()) {
            requests.record(request.release(officer));
        }
    }

    /** An officer saw who asks; every identifier of the request counts from now on. Of a document nothing else is kept. */
    public void verify(Reference reference, Actor officer, @Nullable String method, @Nullable String note) {
        Verification seen = Verification.of(String.valueOf(method))
                .filter(Verification.byOfficer()::contains)
                .orElseThrow(() -> Invalid.field("method", "queue_problem_one_of(" + methods() + ")"));
        String text = Text.clean("note", note, TEXT);
        RightsRequest request = requests.get(reference);
        var proof = request.verify(officer, seen.code(), clock.instant());
        for (Identifier identifier : requests.identifiers(request)) {
            requests.prove(request, identifier.kind(), identifier.value());
        }
        if (text != null && !text.isBlank()) {
            notes.keep(request, officer, text, true);
        }
        requests.record(proof);
    }

    /** Puts the answer off, inside the first period, for a reason that the person is told; all that is allowed by default. */
    public void extend(Reference reference, Actor officer, @Nullable String reason, @Nullable Integer months) {
        String why = required("reason", Text.clean("reason", reason, REASON));
        RightsRequest request = requests.get(reference);
        int most = request.law().maxExtensionMonths();
        requests.record(request.extend(officer, months == null ? Math.max(1, most) : months, why, today()));
    }

    /** Stops the clock from today, for a reason that the person is told. */
    public void pause(Reference reference, Actor officer, @Nullable String reason) {
        String why = required("reason", Text.clean("reason", reason, REASON));
        requests.record(requests.get(reference).pause(officer, why, today()));
    }

    public void resume(Reference reference, Actor officer) {
        requests.record(requests.get(reference).resume(officer, today()));
    }

    /** Writes to the person; where the case cannot go on without her answer, it waits for it. */
    public Message write(Reference reference, Actor officer, @Nullable String text, boolean awaitsAnswer) {
        String clean = required("text", Text.clean("text", text, TEXT));
        RightsRequest request = requests.get(reference);
        Message message = requests.addMessage(request, officer, clean);
        if (awaitsAnswer) {
            requests.record(request.ask(Actor.system("request")));
        }
        return message;
    }

    /** Writes down something for the other officers. */
    public void note(Reference reference, Actor officer, @Nullable String text) {
        String clean = required("text", Text.clean("text", text, TEXT));
        notes.add(requests.get(reference), officer, clean);
    }

    /** Closes the case because another one answers the same wish; the two stay linked. */
    public void closeAsDuplicate(Reference reference, Actor officer, Optional<Reference> of) {
        RightsRequest request = requests.get(reference);
        of.map(requests::read).ifPresent(other -> {
            remits.mustCover(other, officer);
            links.duplicate(request, other);
        });
        requests.record(request.duplicate(officer, clock.instant()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), map.organisation().zone());
    }

    private static String required(String field, @Nullable String text) {
        return Text.required(field, text);
    }

    private static String methods() {
        return Verification.byOfficer().stream().map(Verification::code).collect(Collectors.joining(" | "));
    }
}
