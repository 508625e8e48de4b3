package org.habeas.ready;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether an answer is what a page shows. An ellipsis stands for anything; references, secrets, digests, instants and the days
 * that are counted from today differ from one reader to the next.
 */
final class Shown {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MORE = "…";
    private static final List<String> STATES =
            List.of("unverified", "open", "review", "approval", "executing", "closed");
    private static final Set<String> COUNTED =
            Set.of("due", "extended_to", "days_left", "milliseconds", "row", "challenge");
    private static final List<Pattern> DIFFERS = List.of(
            Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){6}"),
            Pattern.compile("H-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}"),
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            Pattern.compile("[0-9a-f]{32,}"),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"),
            Pattern.compile("http://[0-9a-z.]+:\\d+"));

    private Shown() {}

    /** Why the real output is not what is shown; empty if it is. */
    static String difference(String shown, String real) {
        if (shown.isBlank()) {
            return "";
        }
        try {
            return json("", JSON.readTree(shown), JSON.readTree(real));
        } catch (JsonProcessingException e) {
            return glob(shown.strip(), real.strip()) ? "" : "shown:\n" + shown + "\nreal:\n" + real;
        }
    }

    private static String json(String where, JsonNode shown, JsonNode real) {
        if (shown.isTextual() && real.isTextual()) {
            return glob(shown.asText(), real.asText()) ? "" : told(where, shown, real);
        }
        if (shown.getNodeType() != real.getNodeType()) {
            return told(where, shown, real);
        }
        if (shown.isObject()) {
            return object(where, shown, real);
        }
        if (shown.isArray()) {
            return array(where, shown, real);
        }
        return shown.equals(real) || shown.isNumber() && shown.decimalValue().compareTo(real.decimalValue()) == 0
                ? ""
                : told(where, shown, real);
    }

    /** A case goes on by itself: by the time of the answer it may be further than shown. */
    private static boolean further(String name, JsonNode shown, JsonNode real) {
        return name.equals("state")
                && STATES.contains(real.asText())
                && STATES.indexOf(real.asText()) >= STATES.indexOf(shown.asText());
    }

    private static String object(String where, JsonNode shown, JsonNode real) {
        Set<String> names = shown.propertyStream().map(p -> p.getKey()).collect(Collectors.toSet());
        for (String name : names) {
            if (!name.equals(MORE) && !real.has(name)) {
                return where + "/" + name + " is not there: " + real;
            }
            if (further(name, shown.path(name), real.path(name))) {
                continue;
            }
            boolean counted = COUNTED.contains(name)
                    && shown.get(name).getNodeType() == real.get(name).getNodeType();
            String why = name.equals(MORE) || counted ? "" : json(where + "/" + name, shown.get(name), real.get(name));
            if (!why.isEmpty()) {
                return why;
            }
        }
        return names.contains(MORE) || names.size() == real.size() ? "" : where + " has more than shown: " + real;
    }

    private static String array(String where, JsonNode shown, JsonNode real) {
        boolean more = !shown.isEmpty() && shown.get(shown.size() - 1).asText().equals(MORE);
        int count = shown.size() - (more ? 1 : 0);
        if (real.size() < count || !more && real.size() > count) {
            return where + " has " + real.size() + " and not " + count + ": " + real;
        }
        for (int i = 0; i < count; i++) {
            String why = json(where + "/" + i, shown.get(i), real.get(i));
            if (!why.isEmpty()) {
                return why;
            }
        }
        return "";
    }

    private static boolean glob(String shown, String real) {
        String pattern = Pattern.compile(MORE)
                .splitAsStream(normal(shown))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern + (shown.endsWith(MORE) ? ".*" : ""), Pattern.DOTALL)
                .matcher(normal(real))
                .matches();
    }

    private static String normal(String text) {
        String normal = text;
        for (Pattern differs : DIFFERS) {
            normal = differs.matcher(normal).replaceAll("*");
        }
        return normal.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String told(String where, JsonNode shown, JsonNode real) {
        return where + " is " + real + "; shown is " + shown;
    }
}
