package org.habeas.site;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Content-Type header as far as it must be right before anybody reads the body (RFC 9110 section 8.3). */
record MediaTypes(String type, String parameters, boolean readable) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String PARAMETERS =
            "(?:\\s*;\\s*(?:" + TOKEN + "=(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*\"))?)*\\s*";
    private static final Pattern TYPE = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")(" + PARAMETERS + ")");
    private static final Pattern QUALITY = Pattern.compile(";\\s*[qQ]=([^;,\\s]*)");
    private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*)\")");
    private static final int LONGEST = 1000;

    static MediaTypes of(String header) {
        if (header == null || header.isBlank()) {
            return new MediaTypes("", "", true);
        }
        Matcher matcher = TYPE.matcher(header);
        if (header.length() > LONGEST || !matcher.matches() || header.contains("*")) {
            return new MediaTypes("", "", false);
        }
        MediaTypes type = new MediaTypes(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), true);
        boolean known = type.parameter("charset").map(MediaTypes::charset).orElse(true);
        return known ? type : new MediaTypes("", "", false);
    }

    /** Whether an Accept header can be read (RFC 9110 section 12.5.1); none at all can. */
    static boolean acceptable(String header) {
        if (header == null || header.isBlank()) {
            return true;
        }
        if (header.length() > LONGEST) {
            return false;
        }
        for (String range : header.split(",")) {
            boolean read = range.isBlank() || TYPE.matcher(range).matches();
            if (!read || range.matches("\\s*\\*/[^*].*")) {
                return false;
            }
            Matcher quality = QUALITY.matcher(range);
            if (quality.find() && !WEIGHT.matcher(quality.group(1)).matches()) {
                return false;
            }
        }
        return true;
    }

    boolean multipart() {
        return type.startsWith("multipart/");
    }

    /** Whether it may be as long as files are: a form with files, or a file itself. */
    boolean upload() {
        return multipart() || type.equals("application/pdf") || type.startsWith("image/");
    }

    /** How many bytes a body may have (contract section 3). */
    long largest() {
        return (upload() ? 20 : 1) * 1024L * 1024;
    }

    boolean form() {
        return type.equals("application/x-www-form-urlencoded") || type.equals("multipart/form-data");
    }

    Optional<String> boundary() {
        return parameter("boundary").filter(b -> !b.isBlank() && b.length() <= 70);
    }

    private Optional<String> parameter(String name) {
        Matcher matcher = PARAMETER.matcher(parameters);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                return Optional.of(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return Optional.empty();
    }

    private static boolean charset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
