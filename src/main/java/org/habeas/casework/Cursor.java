package org.habeas.casework;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.habeas.problem.Invalid;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/** Where a page of the queue ended: sort order, value and id of its last case. Signed, so that only ours come back. */
record Cursor(Sort sort, String value, UUID id) {
    String text(Vault vault) {
        String plain = sort.code() + " " + value + " " + id;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((mac(vault, plain) + " " + plain).getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor in this text; {@link Invalid} when it is not one of ours, or of another sort order. */
    static Cursor read(String text, Sort sort, Vault vault) {
        return read(text, sort, plain -> mac(vault, plain));
    }

    static Cursor read(String text, Sort sort, UnaryOperator<String> mac) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 4);
            String plain = parts.length < 4 ? "" : String.join(" ", parts[1], parts[2], parts[3]);
            if (parts.length == 4 && Secrets.same(parts[0], mac.apply(plain)) && parts[1].equals(sort.code())) {
                return new Cursor(sort, parts[2], UUID.fromString(parts[3]));
            }
        } catch (IllegalArgumentException e) {
            // no Base64: not one of ours
        }
        throw Invalid.field("after", "queue_problem_after");
    }

    private static String mac(Vault vault, String plain) {
        return vault.keyedHash("queue-cursor", plain).substring(0, 22);
    }
}
