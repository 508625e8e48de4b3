package org.habeas.connector.jdbc;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.habeas.connector.SystemFailure;

/** JDBC drivers: those that are bundled, those on the class path, and jars in the folder {@code drivers} of the home. */
public final class Drivers {
    private static final Map<String, String> KNOWN = Map.of(
            "jdbc:postgresql:", "org.postgresql.Driver",
            "jdbc:mariadb:", "org.mariadb.jdbc.Driver",
            "jdbc:mysql:", "com.mysql.cj.jdbc.Driver",
            "jdbc:h2:", "org.h2.Driver",
            "jdbc:sqlite:", "org.sqlite.JDBC");

    private final Path folder;
    private ClassLoader jars;

    public Drivers(Path folder) {
        this.folder = folder;
    }

    /** The driver's class for this address; empty leaves it to the driver manager. */
    public Optional<Class<?>> of(String system, String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        ClassLoader bundled = Thread.currentThread().getContextClassLoader();
        for (var known : KNOWN.entrySet()) {
            if (lower.startsWith(known.getKey())) {
                Optional<Class<?>> found = load(known.getValue(), bundled).or(() -> load(known.getValue(), jars()));
                return Optional.of(found.orElseThrow(() -> new SystemFailure(
                        system,
                        SystemFailure.Kind.NOT_THERE,
                        "The driver " + known.getValue() + " is missing; put its jar into " + folder)));
            }
        }
        return ServiceLoader.load(Driver.class, jars()).stream()
                .filter(p -> accepts(p.get(), url))
                .<Class<?>>map(ServiceLoader.Provider::type)
                .findFirst();
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Optional<Class<?>> load(String name, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, true, loader == null ? Drivers.class.getClassLoader() : loader));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private synchronized ClassLoader jars() {
        if (jars == null) {
            List<URL> urls = new ArrayList<>();
            if (Files.isDirectory(folder)) {
                try (var files = Files.newDirectoryStream(folder, "*.jar")) {
                    for (Path jar : files) {
                        urls.add(url(jar));
                    }
                } catch (IOException e) {
                    throw new IllegalStateException("the drivers in " + folder + " cannot be read", e);
                }
            }
            jars = new URLClassLoader(urls.toArray(URL[]::new), Drivers.class.getClassLoader());
        }
        return jars;
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
