package org.habeas.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.habeas.actor.Actor;
import org.habeas.law.Right;
import org.habeas.problem.Problem;
import org.junit.jupiter.api.Assertions;

/** Whatever anybody tries in whatever order, a request keeps the law (contract section 5). */
class StateMachineProperty {
    private static final Instant NOW = Instant.parse("2026-11-25T08:12:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-25");
    private static final Actor PERSON = Actor.person("H-7K3Q-9M2X-4T");
    private static final Actor SYSTEM = Actor.system("test");

    /** Every transition that there is; anything else is illegal. */
    private static final Map<State, Set<State>> ALLOWED = new EnumMap<>(Map.of(
            State.UNVERIFIED, EnumSet.of(State.OPEN, State.APPROVAL, State.CLOSED),
            State.OPEN, EnumSet.of(State.WAITING, State.REVIEW, State.CLOSED),
            State.WAITING, EnumSet.of(State.OPEN, State.CLOSED),
            State.REVIEW, EnumSet.of(State.OPEN, State.WAITING, State.APPROVAL, State.EXECUTING, State.CLOSED),
            State.APPROVAL, EnumSet.of(State.UNVERIFIED, State.REVIEW, State.EXECUTING, State.CLOSED),
            State.EXECUTING, EnumSet.of(State.REVIEW, State.CLOSED),
            State.CLOSED, EnumSet.noneOf(State.class)));

    /** One thing that somebody tries. */
    private record Try(String what, Function<RightsRequest, List<RequestEvent>> command) {
        @Override
        public String toString() {
            return what;
        }
    }

    @Property(tries = 10_000)
    void whateverIsTried(@ForAll Right right, @ForAll("tries") List<Try> tries) {
        RightsRequest request = RightsRequest.received(
                new Receipt(
                        right,
                        "nordlys",
                        "gdpr-no",
                        Channel.PORTAL,
                        "en",
                        NOW,
                        TODAY,
                        List.of(),
                        new Particulars(null, null, List.of())),
                UUID.randomUUID());
        for (Try next : tries) {
            State before = request.state();
            Optional<Decision> proposal = request.decision();
            boolean begun = request.begunAt().isPresent();
            List<RequestEvent> events = new ArrayList<>();
            try {
                events.addAll(next.command().apply(request));
            } catch (Problem e) {
                Assertions.assertEquals(before, request.state(), "a refused command changes nothing: " + next);
            }
            State after = request.state();
            Assertions.assertTrue(
                    before == after || ALLOWED.get(before).contains(after), next + ": " + before + " to " + after);
            Assertions.assertTrue(
                    after != State.EXECUTING || request.verifiedAt().isPresent(), "executing needs an identity");
            Assertions.assertEquals(after == State.CLOSED, request.outcome().isPresent());
            for (RequestEvent event : events) {
                if (event instanceof RequestEvent.Approved approved) {
                    Assertions.assertNotEquals(
                            proposal.orElseThrow().officer(), approved.actor().name(), "who decided does not approve");
                    Assertions.assertEquals(
                            proposal.get().plan(), approved.decision().plan());
                }
                if (event instanceof RequestEvent.ExecutionOrdered ordered && right.changesData()) {
                    Assertions.assertTrue(request.approver().isPresent(), "two officers for what changes data");
                    Assertions.assertNotEquals(
                            ordered.decision().officer(), request.approver().get());
                }
            }
            request.outcome().filter(o -> before != State.CLOSED).ifPresent(outcome -> {
                if (outcome == Outcome.REFUSED || (right.changesData() && isAnswer(outcome))) {
                    Assertions.assertTrue(request.approver().isPresent(), outcome + " needs two officers");
                }
                Assertions.assertFalse(outcome == Outcome.WITHDRAWN && begun, "too late to withdraw");
            });
        }
    }

    private static boolean isAnswer(Outcome outcome) {
        return outcome == Outcome.FULFILLED || outcome == Outcome.PARTLY_FULFILLED;
    }

    @Provide
    Arbitrary<List<Try>> tries() {
        Arbitrary<Actor> officers =
                Arbitraries.of("officer", "officer2", "officer3").map(Actor::officer);
        Arbitrary<String> plans = Arbitraries.of("plan-a", "plan-b").injectNull(0.3);
        Arbitrary<String> grounds = Arbitraries.of("art-17-1", "art-12-2").injectNull(0.3);
        Arbitrary<Try> decide = Combinators.combine(
                        officers, Arbitraries.of(Answer.values()), grounds, plans, Arbitraries.of(true, false))
                .as((officer, answer, ground, plan, four) -> new Try(
                        "decide " + answer + " by " + officer.name() + " on " + plan + ", " + ground,
                        r -> r.decide(officer, answer, ground, plan, four, NOW)));
        Arbitrary<Try> approve = Combinators.combine(officers, plans)
                .as((officer, plan) ->
                        new Try("approve by " + officer.name() + " on " + plan, r -> r.approve(officer, plan, NOW)));
        Arbitrary<Try> byOfficer = Combinators.combine(
                        officers, Arbitraries.integers().between(0, 8))
                .as(StateMachineProperty::byOfficer);
        Arbitrary<Try> others = Arbitraries.of(
                one("verify", r -> r.verify(PERSON, "code", NOW)),
                one("answered", r -> r.answered(PERSON)),
                one("searched", r -> r.searched(SYSTEM, 3, 7)),
                one("send back", r -> r.sendBack(SYSTEM, "stale")),
                one("begin", r -> r.begin(SYSTEM, NOW)),
                one("complete", r -> r.complete(SYSTEM, 1, 2, 3, NOW)),
                one("withdraw", r -> r.withdraw(PERSON, NOW)),
                one("abandon", r -> r.abandon(SYSTEM, NOW)),
                one("package", r -> r.offerPackage(SYSTEM, NOW)));
        // a good way through most of the time, so that the late states are reached often
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, others),
                        net.jqwik.api.Tuple.of(2, byOfficer),
                        net.jqwik.api.Tuple.of(3, decide),
                        net.jqwik.api.Tuple.of(3, approve))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    private static Try byOfficer(Actor officer, int which) {
        return switch (which) {
            case 0 -> one("ask", r -> r.ask(officer));
            case 1 -> one("reject", r -> r.reject(officer));
            case 2 -> one("duplicate", r -> r.duplicate(officer, NOW));
            case 3 -> one("extend", r -> r.extend(officer, 2, "complex", TODAY));
            case 4 -> one("pause", r -> r.pause(officer, "who?", TODAY));
            case 5 -> one("resume", r -> r.resume(officer, TODAY.plusDays(3)));
            case 6 -> one("assign", r -> r.assign(officer, officer.name(), false, NOW));
            case 7 -> one("release", r -> r.release(officer));
            default -> one("verify by officer", r -> r.verify(officer, "in-person", NOW));
        };
    }

    private static Try one(String what, Function<RightsRequest, RequestEvent> command) {
        return new Try(what, command.andThen(List::of));
    }
}
