package org.habeas.retention;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * What an officer asks to be held, checked: a person by all her known identifiers, or a collection ({@code system} or
 * {@code system.collection}), or a company of the group. Prints without the identifiers.
 */
record NewHold(
        Map<String, String> identifiers,
        Optional<String> collection,
        Optional<String> organisation,
        String reason,
        LocalDate reviewOn) {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{0,49}");
    private static final Pattern NAME = Pattern.compile("[^@]{1,150}");
    private static final int LONGEST_VALUE = 320;
    private static final int LONGEST_REASON = 2000;
    private static final int MOST_IDENTIFIERS = 50;

    /** Checks what was sent; every mistake at once. */
    static NewHold of(
            @Nullable Map<String, String> identifiers,
            @Nullable String collection,
            @Nullable String organisation,
            @Nullable String reason,
            @Nullable String reviewOn,
            LocalDate today) {
        List<Invalid.Violation> wrong = new ArrayList<>();
        Map<String, String> given = identifiers(identifiers == null ? Map.of() : identifiers, wrong);
        Optional<String> inCollection = named("collection", collection, wrong);
        Optional<String> ofCompany = named("organisation", organisation, wrong);
        if (wrong.isEmpty() && given.isEmpty() && inCollection.isEmpty() && ofCompany.isEmpty()) {
            wrong.add(new Invalid.Violation("identifiers", "holds_nothing_named"));
        }
        String why = reason(reason, wrong);
        LocalDate review = review(reviewOn, today, wrong);
        if (!wrong.isEmpty()) {
            throw new Invalid(wrong);
        }
        return new NewHold(given, inCollection, ofCompany, why, review);
    }

    private static Map<String, String> identifiers(Map<String, String> sent, List<Invalid.Violation> wrong) {
        Map<String, String> clean = new LinkedHashMap<>();
        if (sent.size() > MOST_IDENTIFIERS) {
            wrong.add(new Invalid.Violation("identifiers", "holds_too_many(" + MOST_IDENTIFIERS + ")"));
            return clean;
        }
        sent.forEach((kind, value) -> {
            String field = KIND.matcher(kind).matches() ? "identifiers." + kind : "identifiers";
            if (field.equals("identifiers")) {
                wrong.add(new Invalid.Violation(field, "holds_kind_wrong"));
            } else {
                text(field, value, wrong).ifPresentOrElse(v -> clean.put(kind, v), () -> blank(field, value, wrong));
            }
        });
        return clean;
    }

    private static void blank(String field, @Nullable String value, List<Invalid.Violation> wrong) {
        if (value == null || value.isBlank()) {
            wrong.add(new Invalid.Violation(field, "problem_text_required"));
        }
    }

    private static Optional<String> text(String field, @Nullable String value, List<Invalid.Violation> wrong) {
        try {
            return Optional.ofNullable(Text.line(field, value, LONGEST_VALUE)).filter(v -> !v.isBlank());
        } catch (Invalid e) {
            wrong.addAll(e.violations());
            return Optional.empty();
        }
    }

    /** Names go into the history, where nothing may stand that could be somebody's address. */
    private static Optional<String> named(String field, @Nullable String value, List<Invalid.Violation> wrong) {
        Optional<String> name = text(field, value, wrong);
        if (name.filter(n -> !NAME.matcher(n).matches()).isPresent()) {
            wrong.add(new Invalid.Violation(field, "holds_name_wrong"));
        }
        return name;
    }

    private static String reason(@Nullable String reason, List<Invalid.Violation> wrong) {
        try {
            String clean = Text.clean("reason", reason, LONGEST_REASON);
            if (clean == null || clean.isBlank()) {
                throw Invalid.field("reason", "holds_reason_missing");
            }
            return Text.required("reason", clean);
        } catch (Invalid e) {
            wrong.addAll(e.violations());
            return "";
        }
    }

    private static LocalDate review(@Nullable String sent, LocalDate today, List<Invalid.Violation> wrong) {
        try {
            if (sent == null || sent.isBlank()) {
                throw Invalid.field("review_on", "holds_review_missing");
            }
            LocalDate day = LocalDate.parse(sent.strip());
            if (day.isBefore(today) || day.isAfter(today.plusYears(10))) {
                wrong.add(new Invalid.Violation("review_on", "holds_review_range"));
            }
            return day;
        } catch (Invalid e) {
            wrong.addAll(e.violations());
        } catch (DateTimeException e) {
            wrong.add(new Invalid.Violation("review_on", "holds_review_date"));
        }
        return today;
    }

    @Override
    public String toString() {
        return "NewHold[" + identifiers.keySet() + ", " + collection.orElse("") + organisation.orElse("") + "]";
    }
}
