package org.habeas.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.request.Outcome;
import org.jspecify.annotations.Nullable;

/** Which cases of the history are wanted. */
record CaseFilter(Period period, Optional<Right> right, Optional<String> organisation, Optional<Outcome> outcome) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._ -]{1,100}");

    /** Reads what a caller typed; what does not exist is {@link Invalid}. */
    static CaseFilter of(
            Period period, @Nullable String right, @Nullable String organisation, @Nullable String outcome) {
        return new CaseFilter(
                period,
                choice("right", right, Right.values(), Right::code),
                given(organisation).map(CaseFilter::name),
                choice("outcome", outcome, Outcome.values(), Outcome::code));
    }

    Period.Condition condition() {
        Period.Condition time = period.condition();
        List<Object> values = new ArrayList<>(time.values());
        StringBuilder sql = new StringBuilder(time.sql());
        right.ifPresent(one -> {
            sql.append(" and r.asked_right = ?");
            values.add(one.name());
        });
        organisation.ifPresent(one -> {
            sql.append(" and r.organisation = ?");
            values.add(one);
        });
        outcome.ifPresent(one -> {
            sql.append(" and r.outcome = ?");
            values.add(one.name());
        });
        return new Period.Condition(sql.toString(), values);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isBlank());
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw Invalid.field("organisation", "history_organisation_form");
        }
        return text;
    }

    private static <E> Optional<E> choice(String field, @Nullable String text, E[] values, Function<E, String> code) {
        return given(text).map(wanted -> Arrays.stream(values)
                .filter(value -> code.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Invalid.field(
                        field,
                        "history_choice(" + Arrays.stream(values).map(code).collect(Collectors.joining(" · ")) + ")")));
    }
}
