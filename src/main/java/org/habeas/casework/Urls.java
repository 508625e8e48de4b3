package org.habeas.casework;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names of systems and collections as parts of an address. */
final class Urls {
    private Urls() {}

    /** Percent-encoded (RFC 3986), also what a form would write as a plus sign. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
