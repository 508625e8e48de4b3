package org.habeas.words;

import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.TemplateInstance;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The words in templates: {@code {w:start_title}}, {@code {w:case_due(date)}}, {@code {w:name('right', code)}},
 * {@code {w:tell(keyOrText)}}, {@code {w:money(amount, currency)}}, {@code {w:date(day)}}, {@code {w:short(day)}}, {@code {w:moment(instant)}}, and for
 * {@code datetime="…"}, which knows nothing shorter than a millisecond, {@code {w:stamp(instant)}}. They speak the language of
 * the template's attribute {@link #ATTRIBUTE}, which pages get by themselves and letters set.
 */
@EngineConfiguration
public class TemplateWords implements NamespaceResolver {
    /** Template attribute that holds the {@link Words} to speak. */
    public static final String ATTRIBUTE = "words";

    @Override
    public String getNamespace() {
        return "w";
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        CompletionStage<List<Object>> arguments = CompletableFuture.completedFuture(List.of());
        for (Expression parameter : context.getParams()) {
            arguments = arguments.thenCombine(context.evaluate(parameter), TemplateWords::with);
        }
        Words words = words(context);
        return arguments.thenApply(values -> say(words, context.getName(), values));
    }

    private static Object say(Words words, String name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return words.say(name);
        }
        Object first = bare(arguments.get(0));
        return switch (name) {
            case "name" -> words.name(String.valueOf(first), bare(arguments.get(1)));
            case "tell" -> words.tell(String.valueOf(first));
            case "say" -> words.say(
                    String.valueOf(first),
                    arguments.subList(1, arguments.size()).toArray());
            case "date" -> first == null ? "" : words.date(day(words, first));
            case "short" -> first == null ? "" : words.shortDate(day(words, first));
            case "moment" -> first == null ? "" : words.moment((Instant) first);
            case "money" -> words.money((BigDecimal) first, (String) arguments.get(1));
            case "stamp" -> first == null ? "" : ((Instant) first).truncatedTo(ChronoUnit.SECONDS);
            default -> words.say(name, arguments.toArray());
        };
    }

    private static LocalDate day(Words words, Object value) {
        return value instanceof Instant instant ? words.day(instant) : (LocalDate) value;
    }

    private static Object bare(Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static Words words(EvalContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Words words) {
            return words;
        }
        Object locale = context.getAttribute(TemplateInstance.LOCALE);
        return Words.of(locale instanceof Locale l ? l.toLanguageTag() : String.valueOf(locale));
    }

    private static List<Object> with(List<Object> list, Object last) {
        List<Object> more = new ArrayList<>(list);
        more.add(last);
        return more;
    }
}
