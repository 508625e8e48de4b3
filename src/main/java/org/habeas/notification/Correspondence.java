package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.casework.RecipientToTell;
import org.habeas.casework.Recipients;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Execution;
import org.habeas.fulfilment.Executions;
import org.habeas.identity.CodeIssued;
import org.habeas.identity.Codes;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.outbox.Mail;
import org.habeas.problem.Invalid;
import org.habeas.request.Answer;
import org.habeas.request.Correction;
import org.habeas.request.Decision;
import org.habeas.request.EmailAddress;
import org.habeas.request.Fee;
import org.habeas.request.Outcome;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.words.Words;

/** Listens to what happens to requests and writes the letter that belongs to it, in the same transaction. */
@ApplicationScoped
class Correspondence {
    private final Requests requests;
    private final Executions executions;
    private final DataMap map;
    private final Postman postman;
    private final RefusalLetters refusals;
    private final Clock clock;
    private final String portal;

    Correspondence(
            Requests requests,
            Executions executions,
            DataMap map,
            Postman postman,
            RefusalLetters refusals,
            Clock clock,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.requests = requests;
        this.executions = executions;
        this.map = map;
        this.postman = postman;
        this.refusals = refusals;
        this.clock = clock;
        this.portal = portal;
    }

    /** The only thing that goes to an address that nobody has proven. */
    void codeIssued(@Observes CodeIssued event) {
        RightsRequest request = event.request();
        postman.postCode(
                request,
                event.address().text(),
                letters(request).code(event.code()),
                clock.instant().plus(Codes.VALID));
    }

    void opened(@Observes RequestEvent.Opened event) {
        RightsRequest request = event.request();
        postman.bring(request, letters(request).receipt(facts(request)));
    }

    void extended(@Observes RequestEvent.Extended event) {
        RightsRequest request = event.request();
        postman.bring(request, letters(request).extension(facts(request), event.reason()));
    }

    /** A fee is asked with its ground and the officer's reason; a reason that is gone cannot be told. */
    void feeAsked(@Observes RequestEvent.FeeAsked event) {
        RightsRequest request = event.request();
        Fee fee = event.fee();
        String ground = Grounds.named(fee.ground())
                .map(g -> g.citation() + ": " + g.title(request.language()))
                .orElse(fee.ground());
        String amount = words(request).money(fee.amount(), fee.currency());
        postman.bring(
                request,
                letters(request)
                        .fee(facts(request), amount, ground, fee.reason().orElseThrow()));
    }

    /** The message itself stands on the status page already. */
    void messageSent(@Observes RequestEvent.MessageSent event) {
        RightsRequest request = event.request();
        if (event.actor().kind() != Actor.Kind.PERSON) {
            String text = requests.text(request, event.message());
            boolean waiting = request.state() == State.WAITING;
            postman.send(request, letters(request).message(facts(request), text, waiting));
        }
    }

    /** What the letter will need is missed now, by the one who decides, and not by the one who approves. */
    void decided(@Observes RequestEvent.Decided event) {
        RightsRequest request = event.request();
        Decision decision = event.decision();
        if (decision.answer() != Answer.FULFIL) {
            Optional<String> text = requests.text(request, decision).filter(t -> !t.isBlank());
            if (text.isEmpty()) {
                throw Invalid.field("text", "letter_lacks_why");
            }
            Refusal.of(facts(request), head(request), ground(decision), text);
        }
    }

    void closed(@Observes RequestEvent.Closed event) {
        RightsRequest request = event.request();
        switch (event.outcome()) {
            case WITHDRAWN, ABANDONED, DUPLICATE -> postman.bring(
                    request, letters(request).end(facts(request), event.outcome()));
            case FULFILLED, PARTLY_FULFILLED, REFUSED -> answered(request, event.outcome());
        }
    }

    private void answered(RightsRequest request, Outcome outcome) {
        Decision decision = request.decision().orElseThrow();
        Optional<String> text = requests.text(request, decision);
        Facts facts = facts(request);
        Letterhead head = head(request);
        Optional<Letter> edited = outcome == Outcome.REFUSED ? refusals.edited(request, decision) : Optional.empty();
        if (edited.isPresent()) {
            postman.bring(request, edited.get());
            return;
        }
        Optional<Refusal> refusal = outcome == Outcome.FULFILLED
                ? Optional.empty()
                : Optional.of(Refusal.of(facts, head, ground(decision), text));
        Optional<Changes> changes =
                outcome != Outcome.REFUSED && request.right().changesData()
                        ? executions.of(request.id()).map(e -> changes(request, e))
                        : Optional.empty();
        postman.bring(
                request,
                new AnswerLetters(head, words(request)).answer(facts, decision.answer(), text, refusal, changes));
    }

    private Changes changes(RightsRequest request, Execution execution) {
        List<SystemEntry.Recipient> told = Changes.systems(map, execution).stream()
                .flatMap(s -> s.recipients().stream())
                .filter(r -> r.contact().filter(Mail::deliverable).isPresent())
                .distinct()
                .toList();
        return new Changes(map, execution, requests.particulars(request).corrections(), told);
    }

    /** Article 19: a recipient who can be reached by mail. */
    void recipient(@Observes RecipientToTell event) {
        RightsRequest request = event.request();
        Words words = Words.of(map.organisation().languages().get(0));
        String person = requests.address(request)
                .map(EmailAddress::text)
                .or(() -> Optional.ofNullable(requests.particulars(request).name()))
                .orElse(request.reference().text());
        List<SystemEntry> systems = event.systems().stream()
                .flatMap(name -> map.system(name).stream())
                .toList();
        List<String> fields = event.what() == Recipients.What.CORRECTION
                ? requests.particulars(request).corrections().stream()
                        .map(Correction::field)
                        .distinct()
                        .toList()
                : List.of();
        postman.post(
                request,
                event.contact(),
                RecipientNotice.write(head(request), words, facts(request), event.what(), person, systems, fields));
    }

    /** Article 18(3): before a restriction is lifted. */
    void restrictionEnding(@Observes RequestEvent.RestrictionEnding event) {
        RightsRequest request = event.request();
        postman.bring(request, letters(request).restrictionEnding(facts(request), event.on()));
    }

    private static Optional<Ground> ground(Decision decision) {
        return decision.ground().flatMap(Grounds::named);
    }

    private CaseLetters letters(RightsRequest request) {
        return new CaseLetters(head(request), words(request));
    }

    private Letterhead head(RightsRequest request) {
        return Letterhead.of(map.organisation(), request.organisation(), portal);
    }

    private Words words(RightsRequest request) {
        return Words.of(request.language()).in(zone());
    }

    private Facts facts(RightsRequest request) {
        return Facts.of(request, day(clock.instant()), request.packageUntil().map(this::day));
    }

    private LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone());
    }

    private ZoneId zone() {
        return map.organisation().zone();
    }
}
