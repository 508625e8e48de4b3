package org.habeas.delivery;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.habeas.words.Words;

/** Values as people read them; {@code data.json} has them as they are. */
final class ValueWords {
    private static final int LONGEST = 4000;
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");

    private final Words words;

    ValueWords(Words words) {
        this.words = words;
    }

    String told(Object value) {
        if (value == null) {
            return words.say("summary_value_none");
        } else if (value instanceof Boolean truth) {
            return words.say(truth ? "summary_value_yes" : "summary_value_no");
        } else if (value instanceof BigDecimal number) {
            return decimal(number);
        } else if (value instanceof Map<?, ?> map) {
            StringJoiner parts = new StringJoiner("; ");
            map.forEach((key, item) -> parts.add(key + ": " + told(item)));
            return parts.toString();
        } else if (value instanceof Iterable<?> list) {
            StringJoiner parts = new StringJoiner(", ");
            list.forEach(item -> parts.add(told(item)));
            return parts.toString();
        }
        return text(value.toString());
    }

    /** {@code first_name} as people write it. */
    static String named(String name) {
        String spaced = name.replace('_', ' ').replace('.', ' ').strip();
        return spaced.isEmpty() ? name : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    private String text(String text) {
        if (text.isEmpty()) {
            return words.say("summary_value_empty");
        }
        try {
            if (DATE.matcher(text).matches()) {
                return words.shortDate(LocalDate.parse(text));
            } else if (INSTANT.matcher(text).matches()) {
                return words.moment(OffsetDateTime.parse(text).toInstant());
            }
        } catch (DateTimeException e) {
            return text;
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " " + words.say("summary_value_long");
    }

    private String decimal(BigDecimal number) {
        if (Math.abs(number.scale()) > 100) {
            return number.toString();
        }
        DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(words.locale());
        format.setGroupingUsed(false);
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }
}
