package org.habeas.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.problem.Invalid;
import org.habeas.problem.Invalid.Violation;
import org.habeas.problem.Text;
import org.jspecify.annotations.Nullable;

/** A version as somebody wants it, checked: every text there, every purpose one of the data map's. */
record NewVersion(Use use, LocalDate validFrom, Map<String, PolicyText> texts, Promises promises) {
    private static final int LONGEST = 60_000;
    private static final int LONGEST_CHANGE = 2_000;
    private static final int LONGEST_NAME = 200;

    /** As typed: {@code kept} maps a purpose to a period like P5Y. */
    record Typed(
            @Nullable String use,
            @Nullable String validFrom,
            @Nullable Map<String, PolicyText> texts,
            @Nullable List<String> purposes,
            @Nullable List<String> recipients,
            @Nullable Map<String, String> kept) {}

    /** The version, or {@link Invalid} with all that is wrong with it. */
    static NewVersion of(Typed typed, DataMap map) {
        return new Reading(map.organisation()).read(typed);
    }

    private static final class Reading {
        private final Organisation organisation;
        private final List<Violation> wrong = new ArrayList<>();

        Reading(Organisation organisation) {
            this.organisation = organisation;
        }

        NewVersion read(Typed typed) {
            Optional<Use> use = Use.of(String.valueOf(typed.use()));
            if (use.isEmpty()) {
                wrong.add(new Violation("use", "policy_use_missing"));
            }
            Optional<LocalDate> validFrom = day(typed.validFrom());
            Map<String, PolicyText> texts = texts(typed.texts(), use.equals(Optional.of(Use.DIFFERENT)));
            Promises promises =
                    new Promises(purposes(typed.purposes()), recipients(typed.recipients()), kept(typed.kept()));
            if (!wrong.isEmpty()) {
                throw new Invalid(wrong);
            }
            return new NewVersion(use.orElseThrow(), validFrom.orElseThrow(), texts, promises);
        }

        private Optional<LocalDate> day(String typed) {
            try {
                return Optional.of(LocalDate.parse(String.valueOf(typed).strip()));
            } catch (DateTimeException e) {
                wrong.add(new Violation("valid_from", "policy_valid_from_form"));
                return Optional.empty();
            }
        }

        /** A text without a word in it is no text; a different use says in each language what changes. */
        private Map<String, PolicyText> texts(Map<String, PolicyText> typed, boolean different) {
            Map<String, PolicyText> texts = new TreeMap<>();
            Map<String, PolicyText> given = typed == null ? Map.of() : typed;
            given.forEach((language, text) -> {
                if (text == null || text.markdown() == null || text.markdown().isBlank()) {
                    return;
                } else if (!organisation.languages().contains(language)) {
                    wrong.add(new Violation(
                            "texts", "policy_language(" + String.join(" | ", organisation.languages()) + ")"));
                    return;
                }
                String change = clean("change_" + language, text.change(), LONGEST_CHANGE);
                if (different && change.isBlank()) {
                    wrong.add(new Violation("change_" + language, "policy_change_missing"));
                }
                texts.put(language, new PolicyText(clean("markdown_" + language, text.markdown(), LONGEST), change));
            });
            if (texts.isEmpty()) {
                String first = organisation.languages().get(0);
                wrong.add(new Violation("markdown_" + first, "policy_text_missing"));
            }
            return texts;
        }

        private List<String> purposes(List<String> typed) {
            List<String> given = typed == null ? List.of() : typed;
            given.stream()
                    .filter(p -> p == null || organisation.purpose(p).isEmpty())
                    .findFirst()
                    .ifPresent(p -> wrong.add(new Violation("purposes", "policy_purpose_unknown")));
            return wrong.isEmpty() ? given : List.of();
        }

        private List<String> recipients(List<String> typed) {
            return (typed == null ? List.<String>of() : typed)
                    .stream()
                            .map(name -> clean("recipients", name, LONGEST_NAME))
                            .filter(name -> !name.isBlank())
                            .toList();
        }

        private Map<String, Period> kept(Map<String, String> typed) {
            Map<String, Period> kept = new TreeMap<>();
            (typed == null ? Map.<String, String>of() : typed).forEach((purpose, period) -> {
                try {
                    if (organisation.purpose(purpose).isEmpty()) {
                        wrong.add(new Violation("kept", "policy_purpose_unknown"));
                    }
                    kept.put(purpose, Period.parse(String.valueOf(period).strip()));
                } catch (DateTimeException e) {
                    wrong.add(new Violation("kept", "policy_kept_form"));
                }
            });
            return kept;
        }

        private String clean(String field, String typed, int longest) {
            try {
                String text = Text.clean(field, typed, longest);
                return text == null ? "" : text;
            } catch (Invalid invalid) {
                wrong.addAll(invalid.violations());
                return "";
            }
        }
    }
}
