package org.habeas.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The verifier of docs/second-verifier, compiled and loaded by itself: it sees the JDK and no class of Habeas. */
public final class SecondVerifier {
    private static final Path SOURCE = Path.of("docs", "second-verifier", "Verify.java");

    private final Method verify;

    public SecondVerifier() {
        try {
            Path classes = Files.createTempDirectory("second-verifier");
            int failed = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-d", classes.toString(), SOURCE.toString());
            if (failed != 0) {
                throw new IllegalStateException(SOURCE + " does not compile");
            }
            URL[] place = {classes.toUri().toURL()};
            verify = new URLClassLoader(place, ClassLoader.getPlatformClassLoader())
                    .loadClass("Verify")
                    .getDeclaredMethod("verify", Path.class, byte[].class, String.class);
            verify.setAccessible(true);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One line, {@code OK: …} or {@code WRONG: …}, about a bundle or a proof. */
    public String verify(Path file, byte @Nullable [] since, @Nullable String key) {
        try {
            return "OK: " + verify.invoke(null, file, since, key);
        } catch (InvocationTargetException e) {
            return "WRONG: " + e.getCause().getMessage();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
