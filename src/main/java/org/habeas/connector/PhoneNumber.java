package org.habeas.connector;

import java.util.Optional;

/** Telephone numbers in E.164: a plus sign, country code, number, fifteen digits at most. */
final class PhoneNumber {
    private PhoneNumber() {}

    /**
     * {@code +47 912 34 567}, {@code 0047-91234567} and {@code (+47) 91.23.45.67} are {@code +4791234567}; a number
     * without a country code stays its digits, because the country would be a guess.
     */
    static Optional<String> e164(String text) {
        StringBuilder digits = new StringBuilder();
        boolean plus = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c == '+' && digits.length() == 0 && !plus) {
                plus = true;
            } else if (" \u00a0-.()/".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        if (!plus && digits.length() > 4 && digits.charAt(0) == '0' && digits.charAt(1) == '0') {
            digits.delete(0, 2);
            plus = true;
        }
        return digits.length() < 3 || digits.length() > 15 ? Optional.empty() : Optional.of((plus ? "+" : "") + digits);
    }
}
