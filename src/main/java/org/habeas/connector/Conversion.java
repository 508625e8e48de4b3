package org.habeas.connector;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Turns values into those of a column's type. A value without exact counterpart there has none: "007" is not the number 7,
 * because elsewhere both may be people.
 */
public final class Conversion {
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,40}");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,200})(\\.[0-9]{1,200})?");
    private static final Pattern UUID_FORM = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** What has no number and no date, but a name. */
    private static final Set<String> BEYOND = Set.of("NaN", "Infinity", "-Infinity", "infinity", "-infinity");

    private static final Set<ValueType> TIMES_AND_FLOATS =
            Set.of(ValueType.DATE, ValueType.TIMESTAMP, ValueType.INSTANT, ValueType.FLOAT, ValueType.DECIMAL);

    private Conversion() {}

    /** The forms of the value in this column's type (a text may have two); none when it has no counterpart. */
    public static List<Object> to(Catalogue.Column column, Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text && BEYOND.contains(text) && TIMES_AND_FLOATS.contains(column.value())) {
            return List.of(text);
        }
        try {
            return switch (column.value()) {
                case TEXT, OTHER -> Values.texts(value).stream()
                        .filter(Conversion::storable)
                        .map(t -> (Object) t)
                        .toList();
                case ENUM -> Values.texts(value).stream()
                        .filter(column.labels()::contains)
                        .map(t -> (Object) t)
                        .toList();
                case JSON -> java.util.stream.Stream.of(Values.json(value))
                        .filter(t -> storable(t) && !t.contains("\\u0000"))
                        .map(t -> (Object) t)
                        .toList();
                default -> one(column, value).map(List::of).orElse(List.of());
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private static Optional<Object> one(Catalogue.Column column, Object value) {
        return switch (column.value()) {
            case INTEGER -> whole(value).filter(n -> fits(column.type(), n)).map(n -> n.longValueExact());
            case DECIMAL -> number(value).map(n -> n);
            case FLOAT -> number(value).map(BigDecimal::doubleValue);
            case BOOLEAN -> truth(value).map(b -> b);
            case DATE -> date(value).map(d -> d);
            case TIME -> Optional.of(LocalTime.parse(value.toString()));
            case TIMESTAMP -> Optional.of(timestamp(value.toString()));
            case INSTANT -> Optional.of(instant(value.toString()));
            case UUID -> Optional.of(value.toString())
                    .filter(t -> UUID_FORM.matcher(t).matches())
                    .map(UUID::fromString);
            case BINARY -> Optional.of(Base64.getDecoder().decode(value.toString()));
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(Object value) {
        if (value instanceof Number n) {
            return Optional.of(Values.decimal(n));
        }
        if (value instanceof Boolean b) {
            return Optional.of(b ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        return Optional.of(value.toString())
                .filter(t -> DECIMAL.matcher(t).matches())
                .map(BigDecimal::new);
    }

    private static Optional<BigDecimal> whole(Object value) {
        if (value instanceof String text && !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        return number(value).filter(n -> n.stripTrailingZeros().scale() <= 0);
    }

    private static boolean fits(String type, BigDecimal number) {
        int bits =
                switch (type) {
                    case "smallint" -> 15;
                    case "integer", "int", "oid" -> type.equals("oid") ? 32 : 31;
                    default -> 63;
                };
        BigDecimal limit = BigDecimal.valueOf(2).pow(bits);
        return number.compareTo(limit) < 0 && number.compareTo(limit.negate()) >= 0;
    }

    private static Optional<Boolean> truth(Object value) {
        return switch (value.toString()) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<LocalDate> date(Object value) {
        String text = value.toString();
        if (text.indexOf('T') < 0) {
            return Optional.of(LocalDate.parse(text));
        }
        LocalDateTime time = timestamp(text);
        return time.toLocalTime().equals(LocalTime.MIDNIGHT) ? Optional.of(time.toLocalDate()) : Optional.empty();
    }

    private static LocalDateTime timestamp(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay();
        }
        return zoned(text)
                ? LocalDateTime.ofInstant(instant(text).toInstant(), ZoneOffset.UTC)
                : LocalDateTime.parse(text);
    }

    private static OffsetDateTime instant(String text) {
        return zoned(text)
                ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC)
                : timestamp(text).atOffset(ZoneOffset.UTC);
    }

    private static boolean zoned(String text) {
        int time = text.indexOf('T');
        return time > 0 && (text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0);
    }

    /** Whether a database can hold it at all: no NUL, no half of a surrogate pair. */
    private static boolean storable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** An instant as text, in UTC. */
    public static String text(OffsetDateTime time) {
        Instant instant = time.toInstant();
        return instant.toString();
    }
}
