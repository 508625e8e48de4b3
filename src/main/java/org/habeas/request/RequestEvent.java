package org.habeas.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.habeas.actor.Actor;
import org.habeas.vault.Part;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a request. Fired in the transaction of the act; {@link #facts} is what the ledger may say of it and holds
 * no personal data. {@link #name} is the event's name in the ledger and the key of its sentence on the timeline.
 */
public sealed interface RequestEvent {
    RightsRequest request();

    Actor actor();

    default String name() {
        return "request."
                + getClass()
                        .getSimpleName()
                        .replaceAll("([a-z])([A-Z])", "$1_$2")
                        .toLowerCase(java.util.Locale.ROOT);
    }

    default Map<String, Object> facts() {
        return Map.of();
    }

    /** What an officer wrote about it: sealed beside the ledger under the case's key, and committed to in the entry. */
    default Optional<String> details() {
        return Optional.empty();
    }

    /** Whether the person sees it on her timeline. */
    default boolean toldToPerson() {
        return true;
    }

    /** {@code identifiers} as they came in; {@code first}: the one that the person is told of, where she asked several. */
    record Received(RightsRequest request, Actor actor, List<Identifier> identifiers, boolean first)
            implements RequestEvent {
        /** Nothing but a sign-in has proven anything of a request that has just come in. */
        public boolean signedIn() {
            return identifiers.stream().anyMatch(Identifier::proven);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "right", request.right().code(),
                    "channel", request.channel().code(),
                    "regime", request.regime(),
                    "due", request.due().toString());
        }
    }

    /** Identity was proven for the first time: the request is open and the search begins. */
    record Opened(RightsRequest request, Actor actor, String method) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("method", method);
        }
    }

    /** One more identifier was proven, or identity proven more strongly. */
    record Proven(RightsRequest request, Actor actor, String method) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("method", method);
        }
    }

    record QuestionAsked(RightsRequest request, Actor actor) implements RequestEvent {}

    record QuestionAnswered(RightsRequest request, Actor actor) implements RequestEvent {}

    /** Every system has answered or was waived. */
    record Searched(RightsRequest request, Actor actor) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("systems", request.systemsSearched(), "rows", request.rowsFound());
        }
    }

    record Decided(RightsRequest request, Actor actor, Decision decision) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            Map<String, Object> facts =
                    new TreeMap<>(Map.of("answer", decision.answer().code()));
            decision.ground().ifPresent(g -> facts.put("ground", g));
            decision.plan().ifPresent(p -> facts.put("plan", p));
            if (!decision.checklist().isEmpty()) {
                facts.put("checklist", String.join(",", decision.checklist()));
            }
            return facts;
        }

        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    record Approved(RightsRequest request, Actor actor, Decision decision) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            Map<String, Object> facts = new TreeMap<>();
            decision.plan().ifPresent(p -> facts.put("plan", p));
            if (!decision.checklist().isEmpty()) {
                facts.put("checklist", String.join(",", decision.checklist()));
            }
            return facts;
        }

        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    /** The second officer did not agree, or the plan no longer fits: back to review. */
    record SentBack(RightsRequest request, Actor actor, String reason) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("reason", reason);
        }

        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    /** Approved and to be carried out; until {@link Begun} the person can still cancel. */
    record ExecutionOrdered(RightsRequest request, Actor actor, Decision decision) implements RequestEvent {}

    /** The first irreversible step is next. */
    record Begun(RightsRequest request, Actor actor) implements RequestEvent {}

    record Closed(RightsRequest request, Actor actor, Outcome outcome) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "outcome", outcome.code(),
                    "rows_changed", request.rowsChanged(),
                    "rows_erased", request.rowsErased(),
                    "rows_retained", request.rowsRetained());
        }
    }

    /** The answer package can be downloaded until then. */
    record PackageReady(RightsRequest request, Actor actor, Instant until) implements RequestEvent {}

    record PackageRemoved(RightsRequest request, Actor actor) implements RequestEvent {}

    record Extended(RightsRequest request, Actor actor, LocalDate to, String reason) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("to", to.toString());
        }

        @Override
        public Optional<String> details() {
            return Optional.of(reason);
        }
    }

    record Paused(RightsRequest request, Actor actor, String reason) implements RequestEvent {
        @Override
        public Optional<String> details() {
            return Optional.of(reason);
        }
    }

    record Resumed(RightsRequest request, Actor actor) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("due", request.due().toString());
        }
    }

    /** The data is kept and not used from now on, on this ground (Article 18(1)). */
    record Restricted(RightsRequest request, Actor actor, String ground) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("ground", ground);
        }
    }

    /** The person is told that the restriction ends on that day (Article 18(3)). */
    record RestrictionEnding(RightsRequest request, Actor actor, LocalDate on) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("on", on.toString());
        }
    }

    record RestrictionLifted(RightsRequest request, Actor actor) implements RequestEvent {}

    /** An officer thinks that a fee is due (Article 12(5)(a)); the person is not asked yet. */
    record FeeProposed(RightsRequest request, Actor actor, Fee fee) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            Map<String, Object> facts = new TreeMap<>(
                    Map.of("amount", fee.amount().toPlainString(), "currency", fee.currency(), "ground", fee.ground()));
            if (!fee.checklist().isEmpty()) {
                facts.put("checklist", String.join(",", fee.checklist()));
            }
            return facts;
        }

        @Override
        public Optional<String> details() {
            return fee.reason();
        }

        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    /** Another officer agreed: the person is asked for the fee. */
    record FeeAsked(RightsRequest request, Actor actor, Fee fee) implements RequestEvent {}

    /** Another officer did not agree. */
    record FeeRejected(RightsRequest request, Actor actor) implements RequestEvent {
        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    record FeePaid(RightsRequest request, Actor actor) implements RequestEvent {}

    /** The organisation does without the fee; {@code asked}: the person had been asked for it. */
    record FeeWaived(RightsRequest request, Actor actor, boolean asked) implements RequestEvent {
        @Override
        public boolean toldToPerson() {
            return asked;
        }
    }

    record Assigned(RightsRequest request, Actor actor, @Nullable String assignee) implements RequestEvent {
        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    /** An officer works a case about herself, with a reason that the case's notes tell. */
    record GlassBroken(RightsRequest request, Actor actor) implements RequestEvent {
        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    /**
     * What the closed case held of the person is gone, with its key; the record of the case stays. With a {@code part} only that
     * is gone yet.
     */
    record Forgotten(RightsRequest request, Actor actor, Optional<Part> part, String rule) implements RequestEvent {
        @Override
        public String name() {
            return "request." + part.map(p -> p.code() + "_").orElse("") + "forgotten";
        }

        /** Whether this part is gone, by itself or with all the rest. */
        public boolean of(Part which) {
            return part.map(which::equals).orElse(true);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("rule", rule);
        }
    }

    /** A message between the person and the officers; its text is not here. */
    record MessageSent(RightsRequest request, Actor actor, Message message) implements RequestEvent {
        @Override
        public boolean toldToPerson() {
            return false;
        }
    }

    /** The portal wrote the person a letter of this kind; its text is not here. */
    record LetterWritten(RightsRequest request, Actor actor, String kind, Message message) implements RequestEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("letter", kind);
        }

        @Override
        public boolean toldToPerson() {
            return false;
        }
    }
}
