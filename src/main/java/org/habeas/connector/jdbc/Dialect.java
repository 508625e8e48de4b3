package org.habeas.connector.jdbc;

import java.util.List;
import java.util.Locale;

/** What databases say differently. */
enum Dialect {
    POSTGRES('"', 2_000),
    /** MySQL and MariaDB. */
    MYSQL('`', 500),
    STANDARD('"', 200);

    private final String quote;
    /** How many keys one query carries. */
    final int keys;

    Dialect(char quote, int keys) {
        this.quote = String.valueOf(quote);
        this.keys = keys;
    }

    static Dialect of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return POSTGRES;
        }
        return lower.startsWith("jdbc:mariadb:") || lower.startsWith("jdbc:mysql:") ? MYSQL : STANDARD;
    }

    /** A name of the catalogue as an identifier: nothing in it can end it. */
    String name(String identifier) {
        return quote + identifier.replace(quote, quote + quote) + quote;
    }

    String names(List<String> identifiers) {
        return String.join(", ", identifiers.stream().map(this::name).toList());
    }

    /** Said once to every new connection. */
    String greeting(String url, long statementSeconds, long lockSeconds) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (this == POSTGRES) {
            return "set statement_timeout = '" + statementSeconds + "s'; set lock_timeout = '" + lockSeconds
                    + "s'; set idle_in_transaction_session_timeout = '" + 10 * statementSeconds
                    + "s'; set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1";
        }
        if (lower.startsWith("jdbc:mariadb:")) {
            return "set time_zone = '+00:00', max_statement_time = " + statementSeconds
                    + ", innodb_lock_wait_timeout = " + lockSeconds;
        }
        if (this == MYSQL) {
            return "set time_zone = '+00:00', max_execution_time = " + 1000 * statementSeconds
                    + ", innodb_lock_wait_timeout = " + lockSeconds;
        }
        return lower.startsWith("jdbc:h2:") ? "set lock_timeout " + 1000 * lockSeconds : null;
    }

    /** How many rows the driver fetches at a time; MySQL's own streams only with this sign. */
    int fetchSize(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("jdbc:mysql:") ? Integer.MIN_VALUE : 500;
    }
}
