package org.habeas.delivery;

import java.util.Locale;
import java.util.Set;
import org.habeas.words.Words;

/** Countries by ISO 3166 code, or in the map's own words; and whether data there is outside the European Economic Area. */
final class Countries {
    private static final Set<String> EEA = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",
            "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK");
    private static final Set<String> CODES = Set.of(Locale.getISOCountries());

    private Countries() {}

    static String told(String country, Words words) {
        String code = country.strip().toUpperCase(Locale.ROOT);
        return CODES.contains(code)
                ? new Locale.Builder().setRegion(code).build().getDisplayCountry(words.locale())
                : country;
    }

    /** Only of a code is it known where it lies. */
    static boolean outside(String country) {
        String code = country.strip().toUpperCase(Locale.ROOT);
        return CODES.contains(code) && !EEA.contains(code);
    }
}
