package org.habeas.words;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the portal says, in one language: {@code Words.of("nb").say("start_title")}. The texts stand in
 * {@code words/LANGUAGE.properties}; another language is another file there.
 *
 * <p>A {@link LocalDate} among the arguments is written in full, an {@link Instant} as day and time in the zone of
 * {@link #in(ZoneId)}, a number in the language's own manner.
 */
public final class Words {
    /** The language that is spoken where none of those asked for is there. */
    public static final String FALLBACK = "en";

    private static final Pattern CALL = Pattern.compile("([a-z0-9]+(?:_[a-z0-9]+)+)(\\(([^()]*)\\))?");

    private final Vocabulary vocabulary;
    private final Optional<ZoneId> zone;

    private Words(Vocabulary vocabulary, Optional<ZoneId> zone) {
        this.vocabulary = vocabulary;
        this.zone = zone;
    }

    /** The words of this language ({@code nb}, {@code nn-NO}); English where there are none. */
    public static Words of(String language) {
        Map<String, Vocabulary> all = Vocabulary.all();
        String code = match(language, List.copyOf(all.keySet())).orElse(FALLBACK);
        return new Words(all.get(code), Optional.empty());
    }

    /** The codes of all languages there is a file for, by the languages' own names. */
    public static List<String> languages() {
        return List.copyOf(Vocabulary.all().keySet());
    }

    /** The best of {@code offered} for an Accept-Language header (RFC 9110 section 12.5.4); the first of them if none fits. */
    public static String best(String acceptLanguage, List<String> offered) {
        return AcceptedLanguages.of(acceptLanguage).stream()
                .flatMap(range -> match(range, offered).stream())
                .findFirst()
                .orElse(offered.isEmpty() ? FALLBACK : offered.get(0));
    }

    /** The same words, with instants told in this zone. */
    public Words in(ZoneId zone) {
        return new Words(vocabulary, Optional.of(zone));
    }

    /** The text of this key with its arguments. A key without a text is a mistake: tests fail on it, people see the key. */
    public String say(String key, Object... arguments) {
        Optional<String> pattern = vocabulary.pattern(key);
        if (pattern.isEmpty()) {
            vocabulary.miss(key);
            return key;
        }
        Object[] told = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            told[i] = told(arguments[i]);
        }
        return new MessageFormat(pattern.get(), vocabulary.locale()).format(told);
    }

    /** The name of a code or enum constant: {@code name("right", "human-review")} says {@code right_human_review}. */
    public String name(String prefix, Object code) {
        return say(prefix + '_' + code.toString().toLowerCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * A text that may be a key, with arguments in brackets ({@code problem_text_long(200)}): said where it is one,
     * repeated where it is not. So the exceptions of {@code problem} can be told in the reader's language.
     */
    public String tell(String keyOrText) {
        Matcher call = CALL.matcher(keyOrText == null ? "" : keyOrText);
        if (!call.matches() || !has(call.group(1))) {
            return keyOrText;
        }
        String arguments = call.group(3);
        return say(call.group(1), arguments == null ? new Object[0] : arguments.split(", ?"));
    }

    public boolean has(String key) {
        return vocabulary.pattern(key).isPresent();
    }

    /** The day in full, as in "Wednesday 25 November 2026". */
    public String date(LocalDate date) {
        return format("words_date", date);
    }

    /** The day without weekday, short enough for a table, as in "25 Nov 2026". */
    public String shortDate(LocalDate date) {
        return format("words_date_short", date);
    }

    /** An amount as its language writes it, as in "NOK 12,450.50" and "12 450,50 kr". */
    public String money(BigDecimal amount, String currency) {
        NumberFormat number = NumberFormat.getNumberInstance(vocabulary.locale());
        number.setMinimumFractionDigits(2);
        String sign = vocabulary
                .pattern("words_money_" + currency.toLowerCase(Locale.ROOT))
                .orElse(currency);
        return vocabulary
                .pattern("words_money")
                .orElseThrow()
                .replace("{0}", number.format(amount))
                .replace("{1}", sign);
    }

    /** Day and time in the organisation's zone, as in "25 November 2026 at 09:12". */
    public String moment(Instant instant) {
        return format("words_moment", at(instant));
    }

    /** The day on which this instant falls in the organisation's zone. */
    public LocalDate day(Instant instant) {
        return at(instant).toLocalDate();
    }

    /** The code of the language, for {@code lang} attributes. */
    public String language() {
        return vocabulary.language();
    }

    public Locale locale() {
        return vocabulary.locale();
    }

    private ZonedDateTime at(Instant instant) {
        return instant.atZone(zone.orElseThrow(() -> new IllegalStateException("say in which zone: words.in(zone)")));
    }

    private String format(String patternKey, TemporalAccessor value) {
        String pattern = vocabulary.pattern(patternKey).orElseThrow();
        return DateTimeFormatter.ofPattern(pattern, vocabulary.locale()).format(value);
    }

    private Object told(Object argument) {
        if (argument instanceof LocalDate date) {
            return date(date);
        } else if (argument instanceof Instant instant) {
            return moment(instant);
        } else if (argument instanceof YearMonth month) {
            return format("words_month", month);
        } else if (argument instanceof Optional<?> optional) {
            return optional.map(this::told).orElse("");
        } else if (argument instanceof Number || argument instanceof String) {
            return argument;
        }
        return String.valueOf(argument);
    }

    /** Exactly, or by the language before the hyphen; Norwegian without a form ({@code no}) is taken as bokmål. */
    private static Optional<String> match(String range, List<String> offered) {
        String asked = range == null ? "" : range.toLowerCase(Locale.ROOT);
        String primary = asked.split("[-_]", 2)[0];
        String known = primary.equals("no") ? "nb" : primary;
        if (asked.equals("*")) {
            return offered.stream().findFirst();
        }
        return offered.stream().filter(known::equals).findFirst();
    }
}
