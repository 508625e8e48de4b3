package org.habeas.casework;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.habeas.request.Fees;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.jspecify.annotations.Nullable;

/** What officers do about a fee: the one who proposes it has checked what its ground asks for, another one approves it. */
@ApplicationScoped
@Transactional
class Charging {
    private static final int REASON = 2_000;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}([.,][0-9]{1,2})?");

    private final Requests requests;
    private final Fees fees;

    Charging(Requests requests, Fees fees) {
        this.requests = requests;
        this.fees = fees;
    }

    /** A fee as somebody typed it; every part may be missing. */
    record Typed(
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String ground,
            @Nullable List<String> checklist,
            @Nullable String reason) {
        @Override
        public String toString() {
            return "Typed[…]";
        }
    }

    void propose(Reference reference, Actor officer, Typed typed) {
        RightsRequest request = requests.get(reference);
        List<Invalid.Violation> wrong = new ArrayList<>();
        Optional<BigDecimal> amount = Optional.ofNullable(typed.amount())
                .map(String::strip)
                .filter(a -> AMOUNT.matcher(a).matches())
                .map(a -> new BigDecimal(a.replace(',', '.')))
                .filter(a -> a.signum() > 0);
        if (amount.isEmpty()) {
            wrong.add(new Invalid.Violation("amount", "case_problem_fee_amount"));
        }
        Optional<String> currency = currency(typed.currency());
        if (currency.isEmpty()) {
            wrong.add(new Invalid.Violation("currency", "case_problem_fee_currency"));
        }
        List<String> allowed = Grounds.allowed(request.right(), "fee", request.regime()).stream()
                .map(Ground::code)
                .toList();
        if (typed.ground() == null || !allowed.contains(typed.ground())) {
            wrong.add(new Invalid.Violation(
                    "ground", allowed.stream().collect(Collectors.joining(" | ", "queue_problem_one_of(", ")"))));
        }
        String reason = Text.clean("reason", typed.reason(), REASON);
        if (reason == null || reason.isBlank()) {
            wrong.add(new Invalid.Violation("reason", "problem_text_required"));
        }
        if (!wrong.isEmpty()) {
            throw new Invalid(wrong);
        }
        List<String> checked = Checklist.of(typed.ground()).checked(typed.checklist());
        fees.propose(request, officer, amount.orElseThrow(), currency.orElseThrow(), typed.ground(), checked, reason);
    }

    void approve(Reference reference, Actor officer, @Nullable Boolean approve) {
        if (approve == null) {
            throw Invalid.field("approve", "queue_problem_truth");
        }
        if (approve) {
            fees.approve(requests.get(reference), officer);
        } else {
            fees.reject(requests.get(reference), officer);
        }
    }

    void paid(Reference reference, Actor officer) {
        fees.paid(requests.get(reference), officer);
    }

    void waive(Reference reference, Actor officer) {
        fees.waive(requests.get(reference), officer);
    }

    private static Optional<String> currency(@Nullable String code) {
        String asked = code == null ? "" : code.strip().toUpperCase(java.util.Locale.ROOT);
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .filter(asked::equals)
                .findFirst();
    }
}
