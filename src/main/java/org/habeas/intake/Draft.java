package org.habeas.intake;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.habeas.law.Right;
import org.habeas.request.Identifier;
import org.habeas.vault.Secrets;

/** What somebody has answered so far on her way through the form. {@code attempt} makes sending it twice one request. */
record Draft(String attempt, Filing filing) {
    private static final String HINT = "identifiers.";

    static Draft empty() {
        return new Draft(
                Secrets.symbols(26), new Filing(null, Map.of(), null, null, null, null, List.of(), null, null));
    }

    /** The right that was chosen, or null as long as none was. */
    Right right() {
        return Right.of(String.valueOf(filing.right())).orElse(null);
    }

    String email() {
        return identifiers().getOrDefault(Identifier.EMAIL, "");
    }

    String hint(String kind) {
        return identifiers().getOrDefault(kind, "");
    }

    Map<String, String> identifiers() {
        return filing.identifiers() == null ? Map.of() : filing.identifiers();
    }

    List<Filing.Wrong> corrections() {
        return filing.corrections() == null || right() != Right.CORRECTION ? List.of() : filing.corrections();
    }

    /** The first question without which nothing after it makes sense. */
    Optional<Step> missing() {
        if (right() == null) {
            return Optional.of(Step.RIGHT);
        }
        return email().isBlank() ? Optional.of(Step.CONTACT) : Optional.empty();
    }

    /** The draft with whatever the form holds; what it does not ask for stays as it was. */
    Draft with(MultivaluedMap<String, String> form) {
        Map<String, String> identifiers = new LinkedHashMap<>(identifiers());
        if (form.containsKey("email")) {
            identifiers.put(Identifier.EMAIL, form.getFirst("email").strip());
        }
        form.keySet().stream()
                .filter(name -> name.startsWith(HINT))
                .forEach(name -> identifiers.put(name.substring(HINT.length()), form.getFirst(name)));
        return new Draft(
                attempt,
                new Filing(
                        typed(form, "right", filing.right()),
                        identifiers,
                        typed(form, "name", filing.name()),
                        null,
                        typed(form, "message", filing.message()),
                        filing.organisation(),
                        corrections(form),
                        null,
                        null,
                        null,
                        form.containsKey("companies") ? form.get("organisation") : filing.organisations(),
                        behalf(form)));
    }

    Draft with(Right right) {
        return new Draft(
                attempt, new Filing(right.code(), identifiers(), null, null, null, null, List.of(), null, null));
    }

    /** For whom it is asked; nothing in it where she asks for herself. */
    Filing.OnBehalfOf behalf() {
        return filing.onBehalfOf() == null ? new Filing.OnBehalfOf("", "", "") : filing.onBehalfOf();
    }

    Draft without(int correction) {
        List<Filing.Wrong> fewer = new ArrayList<>(corrections());
        if (correction >= 0 && correction < fewer.size()) {
            fewer.remove(correction);
        }
        return withCorrections(fewer);
    }

    /** As it is filed: in the language that the person reads, with corrections only where they belong. */
    Filing filed(String language) {
        return new Filing(
                filing.right(),
                filing.identifiers(),
                filing.name(),
                language,
                filing.message(),
                filing.organisation(),
                corrections(),
                null,
                null,
                null,
                filing.organisations(),
                filing.onBehalfOf());
    }

    private Draft withCorrections(List<Filing.Wrong> corrections) {
        return new Draft(
                attempt,
                new Filing(
                        filing.right(),
                        filing.identifiers(),
                        filing.name(),
                        null,
                        filing.message(),
                        filing.organisation(),
                        corrections,
                        null,
                        null,
                        null,
                        filing.organisations(),
                        filing.onBehalfOf()));
    }

    private Filing.OnBehalfOf behalf(MultivaluedMap<String, String> form) {
        if (!form.containsKey("whom_asked")) {
            return filing.onBehalfOf();
        }
        String relation = form.getFirst("relation");
        return "self".equals(relation)
                ? null
                : new Filing.OnBehalfOf(relation, form.getFirst("whom_name"), form.getFirst("whom_email"));
    }

    private List<Filing.Wrong> corrections(MultivaluedMap<String, String> form) {
        List<Filing.Wrong> all = new ArrayList<>(filing.corrections() == null ? List.of() : filing.corrections());
        boolean typed = Stream.of("field", "from", "to")
                .anyMatch(name ->
                        form.getFirst(name) != null && !form.getFirst(name).isBlank());
        if (typed) {
            all.add(new Filing.Wrong(null, null, form.getFirst("field"), form.getFirst("from"), form.getFirst("to")));
        }
        return all;
    }

    private static String typed(MultivaluedMap<String, String> form, String name, String before) {
        return form.containsKey(name) ? form.getFirst(name) : before;
    }

    @Override
    public String toString() {
        return "Draft[" + filing + "]";
    }
}
