package org.habeas;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** What the console says once the portal answers; then the portal runs until it is told to stop. */
public final class Greeting implements QuarkusApplication {
    /** Quarkus makes the instance, and hands over nothing but arguments. */
    private static final String TEXT = "habeas.greeting";

    static void is(String text) {
        System.setProperty(TEXT, text);
    }

    @Override
    public int run(String... arguments) {
        System.out.println(System.getProperty(TEXT, ""));
        System.clearProperty(TEXT);
        Quarkus.waitForExit();
        return 0;
    }
}
