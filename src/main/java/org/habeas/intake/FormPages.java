package org.habeas.intake;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.RequestScoped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.habeas.datamap.Organisation;
import org.habeas.identity.OwnStatus;
import org.habeas.identity.PeopleSignIn;
import org.habeas.law.Right;
import org.habeas.limit.Puzzles;
import org.habeas.problem.Invalid;
import org.habeas.problem.Invalid.Violation;
import org.habeas.request.Behalf;
import org.habeas.words.CurrentWords;

/** The pages of the form, each with what was typed and what is wrong with it. */
@RequestScoped
class FormPages {
    private static final String CORRECTION = "corrections\\[\\d+]\\.";

    /** Where in the form a page is. */
    public record Place(String step, int number, int of, String then) {}

    @CheckedTemplate(defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME, basePath = "intake")
    static class Templates {
        static native TemplateInstance right(Place place, List<Questions.Choice> rights, Invalid errors);

        static native TemplateInstance contact(Place place, String email, Invalid errors);

        static native TemplateInstance whom(
                Place place, Filing.OnBehalfOf typed, List<Choice> relations, Invalid errors);

        static native TemplateInstance corrections(
                Place place,
                List<Filing.Wrong> given,
                List<Questions.Field> fields,
                Filing.Wrong typed,
                Invalid errors);

        static native TemplateInstance details(
                Place place,
                String name,
                String message,
                List<Organisation.Company> companies,
                List<String> chosen,
                List<Questions.Hint> hints,
                Invalid errors);

        static native TemplateInstance check(Place place, Summary summary, Puzzles.Puzzle puzzle, Invalid errors);

        static native TemplateInstance receipt(OwnStatus own, String passphrase, String address, Invalid errors);
    }

    /** The answers as they are shown to be checked. */
    public record Summary(
            String right,
            String email,
            String name,
            String company,
            String message,
            List<Questions.Hint> hints,
            List<Filing.Wrong> corrections,
            Filing.OnBehalfOf behalf) {}

    /** For whom one can ask; {@code self} is for oneself. */
    public record Choice(String code, boolean chosen) {}

    private final Questions questions;
    private final PeopleSignIn people;
    private final Gate gate;
    private final CurrentWords words;

    FormPages(Questions questions, PeopleSignIn people, Gate gate, CurrentWords words) {
        this.people = people;
        this.questions = questions;
        this.gate = gate;
        this.words = words;
    }

    TemplateInstance page(Step step, Draft draft, String then, String suggested, Invalid errors) {
        Place place =
                new Place(step.code(), step.number(draft), Step.of(draft).size(), "check".equals(then) ? "check" : "");
        return switch (step) {
            case RIGHT -> Templates.right(place, rights(draft, suggested), errors);
            case CONTACT -> Templates.contact(
                    place, draft.email().isEmpty() ? people.email().orElse("") : draft.email(), errors);
            case WHOM -> Templates.whom(place, draft.behalf(), relations(draft), errors);
            case CORRECTIONS -> corrections(place, draft, errors);
            case DETAILS -> Templates.details(
                    place,
                    orEmpty(draft.filing().name()),
                    orEmpty(draft.filing().message()),
                    questions.companies(),
                    questions.chosen(draft),
                    questions.hints(draft, words.words()),
                    errors);
            case CHECK -> Templates.check(place, summary(draft), gate.puzzle().orElse(null), errors);
        };
    }

    /** What is wrong with the answers to this question, under the names that the page has for the fields. */
    Invalid wrong(Step step, Intake intake, Draft draft) {
        try {
            intake.check(draft.filed(words.language()), null);
            return Invalid.nothing();
        } catch (Invalid invalid) {
            return new Invalid(invalid.violations().stream()
                    .filter(v -> step.asks(v.field()))
                    .map(v -> new Violation(field(v.field()), message(v)))
                    .toList());
        }
    }

    /** A number as a form sends it; nonsense is no number of anything. */
    int number(String typed) {
        return typed != null && typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : -1;
    }

    private List<Questions.Choice> rights(Draft draft, String suggested) {
        return Right.of(String.valueOf(suggested))
                .map(right -> questions.rights(Draft.empty().with(right)))
                .orElseGet(() -> questions.rights(draft));
    }

    private static List<Choice> relations(Draft draft) {
        Filing.OnBehalfOf behalf = draft.filing().onBehalfOf();
        String chosen = behalf == null ? "self" : String.valueOf(behalf.relation());
        return Stream.concat(
                        Stream.of("self"),
                        Arrays.stream(Behalf.Relation.values()).map(Behalf.Relation::code))
                .map(code -> new Choice(code, code.equals(chosen)))
                .toList();
    }

    /** What was typed wrong is shown in the fields, not in the list. */
    private TemplateInstance corrections(Place place, Draft draft, Invalid errors) {
        List<Filing.Wrong> given = draft.corrections();
        Filing.Wrong none = new Filing.Wrong(null, null, "", "", "");
        boolean wrong = errors.any() && !given.isEmpty();
        return Templates.corrections(
                place,
                labelled(wrong ? given.subList(0, given.size() - 1) : given),
                questions.fields(words.words()),
                wrong ? given.get(given.size() - 1) : none,
                errors);
    }

    private Summary summary(Draft draft) {
        List<String> chosen = questions.chosen(draft);
        String company = questions.companies().stream()
                .filter(c -> chosen.contains(c.id()))
                .map(Organisation.Company::name)
                .collect(java.util.stream.Collectors.joining(", "));
        return new Summary(
                String.valueOf(draft.filing().right()),
                draft.email(),
                orEmpty(draft.filing().name()),
                company,
                orEmpty(draft.filing().message()),
                questions.hints(draft, words.words()).stream()
                        .filter(h -> !h.value().isBlank())
                        .toList(),
                labelled(draft.corrections()),
                draft.filing().onBehalfOf());
    }

    private List<Filing.Wrong> labelled(List<Filing.Wrong> corrections) {
        return corrections.stream()
                .map(c -> new Filing.Wrong(null, null, label(orEmpty(c.field())), orEmpty(c.from()), orEmpty(c.to())))
                .toList();
    }

    private String label(String field) {
        return field.isBlank() ? "" : Questions.label("field_", field, words.words());
    }

    private static String field(String field) {
        return switch (field) {
            case "identifiers.email" -> "email";
            case "on_behalf_of.relation" -> "relation";
            case "on_behalf_of.name" -> "whom_name";
            case "on_behalf_of.email" -> "whom_email";
            default -> field.replaceFirst(CORRECTION, "");
        };
    }

    private static String message(Violation violation) {
        boolean missing = violation.message().equals("problem_text_required");
        return switch (violation.field()) {
            case "right" -> "request_right_missing";
            case "on_behalf_of.relation" -> "request_whom_missing";
            case "identifiers.email" -> missing ? "request_email_missing" : violation.message();
            default -> violation.message();
        };
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
