package org.habeas.datamap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * One system of systems.yml, {@code ${ENV}} already replaced. {@code tablesOf} is the company of the group whose data it
 * holds; {@code settings} is the whole entry as written, for the keys that only one connector knows.
 */
public record SystemEntry(
        String name,
        String title,
        Kind kind,
        Optional<String> url,
        Optional<String> username,
        Optional<String> password,
        Optional<String> schema,
        Optional<String> owner,
        Optional<String> location,
        List<Recipient> recipients,
        Optional<String> source,
        Optional<String> tablesOf,
        ObjectNode settings,
        Position at) {

    public enum Kind {
        JDBC,
        HTTP,
        MANUAL
    }

    /** Somebody who received data out of the system (Articles 13(1)(e), 15(1)(c), 19). */
    public record Recipient(
            String name,
            Optional<String> country,
            Optional<String> safeguard,
            Optional<String> contact,
            Optional<String> purpose) {
        /** One who gets the data for the purposes of the system itself. */
        public Recipient(String name, Optional<String> country, Optional<String> safeguard, Optional<String> contact) {
            this(name, country, safeguard, contact, Optional.empty());
        }

        /** The same, with what is known of it elsewhere where nothing is said here. */
        Recipient or(Recipient declared) {
            return new Recipient(
                    name,
                    country.or(declared::country),
                    safeguard.or(declared::safeguard),
                    contact.or(declared::contact),
                    purpose.or(declared::purpose));
        }
    }

    /** Never prints the password or the address, which may hold one. */
    @Override
    public String toString() {
        return "SystemEntry[" + name + ", " + kind + "]";
    }
}
