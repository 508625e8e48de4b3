package org.habeas.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import nu.validator.client.EmbeddedValidator;
import org.xml.sax.SAXException;

/** The Nu HTML Checker, in this process and without a network. */
public final class NuChecker {
    /** It is said again on purpose: where a style takes the bullets away, VoiceOver takes the list away with them. */
    private static final String LIST = "warning: The “list” role is unnecessary";

    private NuChecker() {}

    /** What it has against a page, a line each; empty for a valid one. */
    public static List<String> mistakes(byte[] html) {
        StringBuilder told = new StringBuilder();
        // its schemas are nested deeper than the stack of a test is
        Thread checker = new Thread(null, () -> told.append(checked(html)), "nu", 256L * 1024 * 1024);
        checker.start();
        try {
            checker.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Arrays.stream(told.toString().split("\\R"))
                .filter(line -> !line.isBlank() && !line.contains(LIST))
                .toList();
    }

    private static String checked(byte[] html) {
        EmbeddedValidator validator = new EmbeddedValidator();
        validator.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
        validator.setNoLangDetect(true);
        try {
            return validator.validate(new ByteArrayInputStream(html));
        } catch (IOException | SAXException e) {
            return "the checker failed: " + e;
        }
    }
}
