package org.habeas.connector;

import java.util.Locale;
import java.util.Optional;
import org.habeas.datamap.MappedField;

/** How the values of a field compare: as they are, as e-mail addresses (any case) or as telephone numbers (E.164). */
public enum Matching {
    EXACT,
    EMAIL,
    PHONE;

    /** The field's way of comparing, from its identity or its categories, unless it says {@code match: exact}. */
    public static Matching of(MappedField field) {
        if (field.exactMatch()) {
            return EXACT;
        }
        if (field.identity().filter("email"::equals).isPresent() || has(field, "user.contact.email")) {
            return EMAIL;
        }
        if (field.identity()
                        .filter(i -> i.equals("phone_number") || i.equals("phone"))
                        .isPresent()
                || has(field, "user.contact.phone_number")) {
            return PHONE;
        }
        return EXACT;
    }

    private static boolean has(MappedField field, String category) {
        return field.categories().contains(category);
    }

    /** The one form that all equal values share, or empty where the value is not of the kind. */
    public Optional<String> normal(String value) {
        return switch (this) {
            case EXACT -> Optional.of(value);
            case EMAIL -> Optional.of(value.toLowerCase(Locale.ROOT));
            case PHONE -> PhoneNumber.e164(value);
        };
    }
}
