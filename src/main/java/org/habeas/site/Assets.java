package org.habeas.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The static files of the portal's own origin, by addresses that change with their content, so that they may be cached. */
@ApplicationScoped
class Assets {
    static final String FOLDER = "/static/";

    private final Map<String, String> urls = new ConcurrentHashMap<>();

    String url(String name) {
        return urls.computeIfAbsent(name, n -> FOLDER + n + "?v=" + version(n));
    }

    private static String version(String name) {
        try (InputStream in = Thread.currentThread()
                .getContextClassLoader()
                .getResourceAsStream("META-INF/resources" + FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no static file " + name);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
