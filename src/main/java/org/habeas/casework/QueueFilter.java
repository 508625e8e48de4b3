package org.habeas.casework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.habeas.request.State;
import org.jspecify.annotations.Nullable;

/**
 * Which cases somebody wants to see. No state means all of them; {@code assignee} is an account, or {@link #NOBODY};
 * {@code within} is the number of days in which the answer is due; {@code words} is a reference, its beginning, an identifier
 * of the person, or words of what was written; {@code restricted} are those whose data may not be used (Article 18).
 */
public record QueueFilter(
        Set<State> states,
        Optional<Right> right,
        Optional<String> assignee,
        Optional<Boolean> overdue,
        Optional<Integer> within,
        Optional<Waiting> waiting,
        boolean restricted,
        Optional<String> words,
        Sort sort,
        int limit,
        Optional<String> after) {
    /** Whom open cases wait for, as one officer sees it. */
    public record Waiting(Whom whom, String officer) {
        public enum Whom {
            /** A decision of somebody else's that she can approve. */
            ME,
            /** The person, the owner of a system, or another officer. */
            OTHERS
        }
    }

    /** The assignee of cases that nobody has taken. */
    public static final String NOBODY = "none";

    /** Every state in which somebody still has to do something. */
    public static final Set<State> OPEN_STATES =
            EnumSet.of(State.OPEN, State.WAITING, State.REVIEW, State.APPROVAL, State.EXECUTING);

    private static final int MOST = 200;
    private static final int USUAL = 50;

    /** A filter out of a URL's parameters, each of which may be missing or empty; {@link Invalid} names all that are wrong. */
    public static QueueFilter of(
            @Nullable String state,
            @Nullable String right,
            @Nullable String assignee,
            @Nullable String overdue,
            @Nullable String q,
            @Nullable String sort,
            @Nullable String limit,
            @Nullable String after) {
        return of(state, right, assignee, overdue, null, null, "", null, q, sort, limit, after);
    }

    /** The same with the days within which the answer is due, and whom the case waits for as this officer sees it. */
    static QueueFilter of(
            @Nullable String state,
            @Nullable String right,
            @Nullable String assignee,
            @Nullable String overdue,
            @Nullable String within,
            @Nullable String waiting,
            String officer,
            @Nullable String restricted,
            @Nullable String q,
            @Nullable String sort,
            @Nullable String limit,
            @Nullable String after) {
        List<Invalid.Violation> wrong = new ArrayList<>();
        Set<State> states = states(state, wrong);
        Optional<Right> asked = given(right).flatMap(Right::of);
        if (given(right).isPresent() && asked.isEmpty()) {
            wrong.add(new Invalid.Violation(
                    "right", "intake_right(" + Right.codes().replace(", ", " | ") + ")"));
        }
        if (given(overdue).isPresent() && !overdue.matches("true|false")) {
            wrong.add(new Invalid.Violation("overdue", "queue_problem_truth"));
        }
        Optional<Sort> order = Sort.of(given(sort).orElse(Sort.DUE.code()));
        if (order.isEmpty()) {
            wrong.add(new Invalid.Violation("sort", "queue_problem_one_of(" + Sort.codes() + ")"));
        }
        if (given(within).isPresent() && !within.strip().matches("[0-9]{1,3}")) {
            wrong.add(new Invalid.Violation("within", "queue_problem_limit(999)"));
        }
        if (given(waiting).isPresent() && !waiting.strip().matches("me|others")) {
            wrong.add(new Invalid.Violation("waiting", "queue_problem_one_of(me | others)"));
        }
        if (given(restricted).isPresent() && !restricted.matches("true|false")) {
            wrong.add(new Invalid.Violation("restricted", "queue_problem_truth"));
        }
        int most = limit(limit, wrong);
        if (!wrong.isEmpty()) {
            throw new Invalid(wrong);
        }
        return new QueueFilter(
                states,
                asked,
                given(Text.line("assignee", assignee, 100)),
                given(overdue).map(Boolean::valueOf),
                given(within).map(Integer::valueOf),
                given(waiting).map(whom -> new Waiting(Waiting.Whom.valueOf(whom.toUpperCase(Locale.ROOT)), officer)),
                "true".equals(restricted),
                given(Text.line("q", q, 254)),
                order.orElseThrow(),
                most,
                given(after));
    }

    private static Set<State> states(@Nullable String codes, List<Invalid.Violation> wrong) {
        Set<State> states = EnumSet.noneOf(State.class);
        for (String code : given(codes).map(c -> c.split(",")).orElse(new String[0])) {
            Optional<State> state = Arrays.stream(State.values())
                    .filter(s -> s.code().equals(code.strip()))
                    .findFirst();
            state.ifPresentOrElse(
                    states::add,
                    () -> wrong.add(new Invalid.Violation("state", "queue_problem_one_of(" + stateCodes() + ")")));
        }
        return states;
    }

    /** A page's length out of a URL's parameter. */
    static int limit(@Nullable String text) {
        List<Invalid.Violation> wrong = new ArrayList<>();
        int limit = limit(text, wrong);
        if (!wrong.isEmpty()) {
            throw new Invalid(wrong);
        }
        return limit;
    }

    private static int limit(@Nullable String text, List<Invalid.Violation> wrong) {
        String number = given(text).orElse(String.valueOf(USUAL));
        int limit = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
        if (limit < 1 || limit > MOST) {
            wrong.add(new Invalid.Violation("limit", "queue_problem_limit(" + MOST + ")"));
        }
        return limit;
    }

    private static String stateCodes() {
        return Arrays.stream(State.values())
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" | "));
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
    }
}
