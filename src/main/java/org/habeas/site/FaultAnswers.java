package org.habeas.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.LaunchMode;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.habeas.problem.Invalid.Violation;
import org.habeas.vault.Secrets;
import org.habeas.words.TemplateWords;
import org.habeas.words.Words;
import org.jboss.logging.Logger;

/** Tells a fault: to programs as RFC 9457 says, to people as a page. */
@ApplicationScoped
class FaultAnswers {
    static final String PROBLEM_JSON = "application/problem+json";
    static final String HTML = "text/html;charset=UTF-8";

    private static final Logger LOG = Logger.getLogger(FaultAnswers.class);

    /** Not signed in, not allowed, too often: whoever watches wants to know that somebody tries. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);

    /** A body with its media type. */
    record Body(String type, String text) {}

    @CheckedTemplate(basePath = "site", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance error(String title, String detail, List<Violation> violations, String home);
    }

    private final Speech speech;
    private final ObjectMapper json;

    FaultAnswers(Speech speech, ObjectMapper json) {
        this.speech = speech;
        this.json = json;
    }

    Body body(Fault fault, RoutingContext routing) {
        if (REFUSALS.contains(fault.status())) {
            LOG.infof("refused with %d: %s", fault.status(), wantsPage(routing) ? "a page" : "the API");
        }
        Words words = speech.in(routing).words();
        return wantsPage(routing) ? page(fault, words, routing) : problem(fault, words);
    }

    Body problem(Fault fault, Words words) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:habeas:problem:" + fault.status());
        problem.put("title", title(fault, words));
        problem.put("status", fault.status());
        problem.put("detail", detail(fault, words));
        if (fault.status() == 422) {
            problem.put("violations", told(fault, words));
        }
        try {
            return new Body(PROBLEM_JSON, json.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Body page(Fault fault, Words words, RoutingContext routing) {
        TemplateInstance page = Templates.error(
                title(fault, words),
                detail(fault, words),
                told(fault, words),
                speech.in(routing).link("/"));
        page.setAttribute(TemplateWords.ATTRIBUTE, words);
        return new Body(HTML, page.render());
    }

    /** Writes down what nobody foresaw: kind and place, but no message, which could hold somebody's data. */
    Fault unforeseen(Throwable thrown) {
        String id = Secrets.symbols(10);
        StringBuilder trace = new StringBuilder();
        for (Throwable t = thrown; t != null && trace.length() < 8000; t = t.getCause()) {
            trace.append(trace.isEmpty() ? "" : "\nCaused by: ")
                    .append(t.getClass().getName());
            if (LaunchMode.current().isDevOrTest()) {
                trace.append(": ").append(t.getMessage());
            }
            for (StackTraceElement frame :
                    List.of(t.getStackTrace()).subList(0, Math.min(25, t.getStackTrace().length))) {
                trace.append("\n    at ").append(frame);
            }
        }
        LOG.errorf("Fault %s: %s", id, trace);
        return Fault.of(Fault.UNFORESEEN, "errors_unforeseen(" + id + ")");
    }

    /** API paths always speak JSON; pages do too where the caller asks for it and not for HTML. */
    static boolean wantsPage(RoutingContext routing) {
        String path = String.valueOf(routing.request().path());
        if (path.startsWith("/api/") || path.startsWith("/q/")) {
            return false;
        }
        String accept = String.valueOf(routing.request().getHeader("Accept")).toLowerCase(Locale.ROOT);
        return !accept.contains("json") || accept.contains("html");
    }

    private static String title(Fault fault, Words words) {
        String key = "errors_title_" + fault.status();
        return words.has(key) ? words.tell(key) : words.say("errors_title_other");
    }

    private static String detail(Fault fault, Words words) {
        String key = "errors_detail_" + fault.status();
        if (!fault.detail().isEmpty()) {
            return words.tell(fault.detail());
        }
        return words.has(key) ? words.tell(key) : words.say("errors_detail_other");
    }

    private static List<Violation> told(Fault fault, Words words) {
        return fault.violations().stream()
                .map(v -> new Violation(v.field(), words.tell(v.message())))
                .toList();
    }
}
