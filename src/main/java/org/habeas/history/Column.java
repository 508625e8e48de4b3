package org.habeas.history;

import java.util.Locale;

/** A column of the request history, in the order and with the names of contract section 8. */
enum Column {
    REFERENCE("r.reference"),
    RIGHT(code("r.asked_right")),
    ORGANISATION("r.organisation"),
    CHANNEL(code("r.channel")),
    RECEIVED_AT(time("r.received_at")),
    VERIFIED_AT(time("r.verified_at")),
    DUE("r.due"),
    EXTENDED_TO("r.extended_to"),
    CLOSED_AT(time("r.closed_at")),
    OUTCOME(code("r.outcome")),
    GROUND("d.ground"),
    DAYS_OPEN("floor(extract(epoch from r.closed_at - r.received_at) / 86400)::bigint", true),
    OFFICER("coalesce(d.officer, r.assignee)"),
    APPROVER("r.approver"),
    SYSTEMS_SEARCHED("r.systems_searched", true),
    ROWS_FOUND("r.rows_found", true),
    ROWS_CHANGED("r.rows_changed", true),
    ROWS_ERASED("r.rows_erased", true),
    ROWS_RETAINED("r.rows_retained", true);

    private final String sql;
    private final boolean number;

    Column(String sql) {
        this(sql, false);
    }

    Column(String sql, boolean number) {
        this.sql = sql;
        this.number = number;
    }

    /** The name in the export. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sql() {
        return sql;
    }

    boolean number() {
        return number;
    }

    /** Whether it stays empty until the case is closed. */
    boolean onlyWhenClosed() {
        return ordinal() >= CLOSED_AT.ordinal();
    }

    private static String code(String column) {
        return "lower(replace(" + column + ", '_', '-'))";
    }

    /** ISO 8601 in UTC: PostgreSQL writes the parts, {@link CaseRows} puts the T and the Z. */
    private static String time(String column) {
        return "(" + column + " at time zone 'UTC')::text";
    }

    boolean time() {
        return this == RECEIVED_AT || this == VERIFIED_AT || this == CLOSED_AT;
    }
}
