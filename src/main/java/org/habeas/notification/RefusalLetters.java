package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.law.Regime.RefusalPart;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Text;
import org.habeas.request.Answer;
import org.habeas.request.Decision;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.words.Words;
import org.jspecify.annotations.Nullable;

/**
 * The letter that refuses, before it goes out: the portal writes it in the person's language, the officer who decided may edit
 * it, and whoever approves reads it as it is. While it lacks a part that the law requires it is not kept, and never sent.
 */
@ApplicationScoped
@Transactional
public class RefusalLetters {
    private static final int LONGEST = 20_000;

    private final Requests requests;
    private final DataMap map;
    private final Ledger ledger;
    private final Clock clock;
    private final String portal;

    RefusalLetters(
            Requests requests,
            DataMap map,
            Ledger ledger,
            Clock clock,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.requests = requests;
        this.map = map;
        this.ledger = ledger;
        this.clock = clock;
        this.portal = portal;
    }

    /** The letter of a case that waits for approval of a refusal; {@code edited} once an officer changed it. */
    public record Proposed(String text, boolean edited, String decidedBy) {
        @Override
        public String toString() {
            return "Proposed[" + decidedBy + "]";
        }
    }

    /** The letter as it would go out now. */
    public Proposed of(Reference reference) {
        RightsRequest request = requests.read(reference);
        Decision decision = refusal(request);
        Optional<String> edited = requests.letter(request, decision);
        return new Proposed(
                edited.orElseGet(() -> written(request, decision).text()), edited.isPresent(), decision.officer());
    }

    /** Keeps the letter as the officer edited it; Invalid names every part that is missing in it. */
    public void edit(Reference reference, Actor officer, @Nullable String text) {
        String letter = Text.required("letter", Text.clean("letter", text, LONGEST));
        RightsRequest request = requests.get(reference);
        Decision decision = refusal(request);
        if (!decision.officer().equals(officer.name())) {
            throw new NotPossible("case_problem_letter_other");
        }
        List<Invalid.Violation> missing = lacks(request, decision, letter).stream()
                .map(key -> new Invalid.Violation("letter", key))
                .toList();
        if (!missing.isEmpty()) {
            throw new Invalid(missing);
        }
        requests.keepLetter(request, decision, letter);
        ledger.append(Act.of("decision.letter_edited", officer).about(request.id()));
    }

    /** The edited letter, if there is one; NotPossible while a part is missing in it. */
    Optional<Letter> edited(RightsRequest request, Decision decision) {
        return requests.letter(request, decision).map(text -> {
            lacks(request, decision, text).stream().findFirst().ifPresent(key -> {
                throw new NotPossible(key);
            });
            return new Letter(
                    "refusal",
                    words(request)
                            .say("letter_answer_subject", request.reference().text()),
                    text);
        });
    }

    private Letter written(RightsRequest request, Decision decision) {
        Letterhead head = head(request);
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), map.organisation().zone());
        Facts facts = Facts.of(request, today, Optional.empty());
        Optional<String> why = requests.text(request, decision);
        Refusal refusal = Refusal.of(facts, head, ground(decision), why);
        return new AnswerLetters(head, words(request))
                .answer(facts, Answer.REFUSE, why, Optional.of(refusal), Optional.empty());
    }

    /** Looks for the words of every part, however the rest was written. */
    private List<String> lacks(RightsRequest request, Decision decision, String letter) {
        Words words = words(request);
        Letterhead head = head(request);
        String plain = plain(letter);
        List<String> missing = new ArrayList<>();
        for (RefusalPart part : request.law().refusal()) {
            boolean there =
                    switch (part) {
                        case WHAT -> plain.contains(plain(request.reference().text()));
                        case GROUND -> ground(decision)
                                .filter(g -> plain.contains(plain(Draft.cited(g.citation(), words))))
                                .isPresent();
                        case WHY -> requests.text(request, decision)
                                .filter(why -> plain.contains(plain(why)) || longer(letter, request, decision))
                                .isPresent();
                        case OWN_COMPLAINT -> plain.contains(plain(head.contact()));
                        case AUTHORITY -> plain.contains(
                                        plain(map.organisation().authority().name()))
                                && head.authorityAddress()
                                        .filter(a -> plain.contains(plain(a)))
                                        .isPresent();
                        case COURT -> plain.contains(plain(words.say("letter_court_word")));
                    };
            if (!there) {
                missing.add("letter_lacks_" + part.name().toLowerCase(Locale.ROOT));
            }
        }
        return missing;
    }

    /** Whether the reason was written anew: the letter without it would be shorter than this one. */
    private boolean longer(String letter, RightsRequest request, Decision decision) {
        int reason = requests.text(request, decision).map(String::length).orElse(0);
        return letter.length() > written(request, decision).text().length() - reason + 20;
    }

    private static Decision refusal(RightsRequest request) {
        return request.decision()
                .filter(d -> request.state() == State.APPROVAL && d.answer() == Answer.REFUSE)
                .orElseThrow(() -> new NotPossible("case_problem_no_letter"));
    }

    private static Optional<Ground> ground(Decision decision) {
        return decision.ground().flatMap(Grounds::named);
    }

    private Letterhead head(RightsRequest request) {
        return Letterhead.of(map.organisation(), request.organisation(), portal);
    }

    private Words words(RightsRequest request) {
        return Words.of(request.language()).in(map.organisation().zone());
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ");
    }
}
