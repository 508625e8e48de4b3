package org.habeas.connector;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.habeas.datamap.MappedField;

/** The forms in which a value is compared in a field: two values match exactly when they share one. */
public final class Normal {
    private Normal() {}

    /** The forms of a value in this field; several for a list, none for what matches nothing. */
    public static List<String> forms(MappedField field, Optional<Catalogue.Place> place, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(v -> forms(field, place, v).stream()).toList();
        }
        Matching matching = Matching.of(field);
        boolean text = place.map(p -> !p.path().isEmpty() || p.column().value() == ValueType.TEXT)
                .orElse(true);
        if (text) {
            return Values.texts(value).stream()
                    .flatMap(t -> matching.normal(t).stream())
                    .toList();
        }
        Object meant = matching == Matching.PHONE ? digits(value) : value;
        return Conversion.to(place.get().column(), meant).stream()
                .map(Normal::written)
                .toList();
    }

    private static Object digits(Object value) {
        return Values.texts(value).stream()
                .flatMap(t -> PhoneNumber.e164(t).stream())
                .findFirst()
                .<Object>map(t -> t.startsWith("+") ? t.substring(1) : t)
                .orElse(value);
    }

    private static String written(Object typed) {
        if (typed instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        return typed instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : typed.toString();
    }
}
