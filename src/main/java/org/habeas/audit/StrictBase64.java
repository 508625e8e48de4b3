package org.habeas.audit;

import java.util.Base64;

/** Base 64 with exactly one spelling for every value (RFC 4648 section 3.5), so that no changed character goes unseen. */
final class StrictBase64 {
    private StrictBase64() {}

    static byte[] decode(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below, without the text
        }
        throw new Malformed(what + " is not in Base 64");
    }
}
