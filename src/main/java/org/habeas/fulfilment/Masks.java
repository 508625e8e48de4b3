package org.habeas.fulfilment;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.habeas.connector.Catalogue;
import org.habeas.connector.ValueType;
import org.habeas.connector.Values;
import org.habeas.datamap.Mask;

/** What a blanked field becomes. Whether the column takes it is judged by the system. */
final class Masks {
    private static final Pattern DATE = Pattern.compile("(\\d{4})-\\d{2}-\\d{2}([T ].*)?");
    private static final int HASH = 32;

    private final UnaryOperator<String> keyedHash;
    private final SecureRandom random = new SecureRandom();

    /** {@code keyedHash} under the case's own key: it tells nothing once that is destroyed. */
    Masks(UnaryOperator<String> keyedHash) {
        this.keyedHash = keyedHash;
    }

    Object apply(Mask mask, Optional<Catalogue.Place> place, Object value) {
        if (value == null) {
            return null;
        }
        if (mask instanceof Mask.Clear) {
            return null;
        }
        if (mask instanceof Mask.Empty) {
            return value instanceof List ? List.of() : value instanceof Map ? Map.of() : "";
        }
        if (mask instanceof Mask.Text text) {
            return text.text();
        }
        if (mask instanceof Mask.Hash) {
            return hash(place, value);
        }
        if (mask instanceof Mask.Year) {
            return year(value);
        }
        return random(place, value);
    }

    /** As long as the column is, and at most 128 bits: enough to tell values apart. */
    private String hash(Optional<Catalogue.Place> place, Object value) {
        String hex = keyedHash.apply(Values.canonical(value));
        int room = place.flatMap(p -> p.column().length().isPresent()
                        ? Optional.of(p.column().length().getAsInt())
                        : Optional.empty())
                .orElse(HASH);
        // fewer than eight would make people equal by chance; the whole is then refused as too long
        return hex.substring(0, room < 8 ? HASH : Math.min(room, HASH));
    }

    private static Object year(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Masks::year).toList();
        }
        var form = DATE.matcher(value.toString());
        if (!form.matches()) {
            return value instanceof Long ? value : "not a date";
        }
        String rest = form.group(2);
        String time = rest == null ? "" : rest.endsWith("Z") ? "T00:00:00Z" : "T00:00";
        return form.group(1) + "-01-01" + time;
    }

    // ---- random of the same format

    private Object random(Optional<Catalogue.Place> place, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(v -> random(place, v)).collect(java.util.stream.Collectors.toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>();
            map.forEach((k, v) -> copy.put(k.toString(), v == null ? null : random(Optional.empty(), v)));
            return copy;
        }
        if (value instanceof Boolean) {
            return random.nextBoolean();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        ValueType type = place.filter(p -> p.path().isEmpty())
                .map(p -> p.column().value())
                .orElse(ValueType.TEXT);
        return switch (type) {
            case UUID -> java.util.UUID.randomUUID().toString();
            case DATE -> day().toString();
            case TIMESTAMP -> day() + "T00:00";
            case INSTANT -> day() + "T00:00:00Z";
            case ENUM -> label(place.get().column().labels());
            case BINARY -> java.util.Base64.getEncoder().encodeToString(bytes(value.toString()));
            default -> text(place, value.toString());
        };
    }

    private LocalDate day() {
        return LocalDate.of(1950, 1, 1).plusDays(random.nextInt(27_000));
    }

    private String label(List<String> labels) {
        return labels.get(random.nextInt(labels.size()));
    }

    private byte[] bytes(String base64) {
        byte[] bytes = new byte[java.util.Base64.getDecoder().decode(base64).length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Object number(Number number) {
        String digits = shuffled(Values.decimal(number).toPlainString());
        return Values.plain(number instanceof Long ? (Object) Long.valueOf(digits) : new java.math.BigDecimal(digits));
    }

    /** An address gets one that nobody can have (RFC 2606); any other text letters for letters and digits for digits. */
    private String text(Optional<Catalogue.Place> place, String text) {
        int room = place.flatMap(p -> p.column().length().isPresent()
                        ? Optional.of(p.column().length().getAsInt())
                        : Optional.empty())
                .orElse(Integer.MAX_VALUE);
        String address = shuffled("aaaaaaaaaaaaaaaa") + "@erased.invalid";
        return text.indexOf('@') > 0 && address.length() <= room ? address : shuffled(text);
    }

    private String shuffled(String text) {
        StringBuilder mixed = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isDigit(c)) {
                boolean first = mixed.length() == 0 || mixed.toString().equals("-");
                mixed.append((char) (first ? '1' + random.nextInt(8) : '0' + random.nextInt(10)));
            } else if (Character.isLetter(c)) {
                mixed.append((char) ((Character.isUpperCase(c) ? 'A' : 'a') + random.nextInt(26)));
            } else {
                mixed.appendCodePoint(c);
            }
        });
        return mixed.toString();
    }
}
