package org.habeas.casework;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** An order of the queue. */
public enum Sort {
    DUE("due", "r.answer_by", "date", false),
    DUE_LAST("-due", "r.answer_by", "date", true),
    RECEIVED("received_at", "r.received_at", "timestamptz", false),
    RECEIVED_LAST("-received_at", "r.received_at", "timestamptz", true);

    private final String code;
    private final String column;
    private final String type;
    private final boolean descending;

    Sort(String code, String column, String type, boolean descending) {
        this.code = code;
        this.column = column;
        this.type = type;
        this.descending = descending;
    }

    public String code() {
        return code;
    }

    public static Optional<Sort> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }

    static String codes() {
        return Arrays.stream(values()).map(Sort::code).collect(Collectors.joining(" | "));
    }

    /** The value to continue from, as the cursor keeps it: text that goes back into the database unchanged. */
    String value() {
        return type.equals("date")
                ? column + "::text"
                : "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    }

    String after() {
        return "(" + column + ", r.id) " + (descending ? "<" : ">") + " (?::" + type + ", ?)";
    }

    String orderBy() {
        return descending ? column + " desc, r.id desc" : column + ", r.id";
    }
}
