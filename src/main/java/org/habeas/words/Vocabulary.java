package org.habeas.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The texts of one language as its file has them. */
final class Vocabulary {
    private static final Logger LOG = Logger.getLogger(Words.class);

    private final String language;
    private final Locale locale;
    private final Map<String, String> patterns;
    private final Set<String> missed = ConcurrentHashMap.newKeySet();

    private Vocabulary(String language, Map<String, String> patterns) {
        this.language = language;
        this.patterns = patterns;
        this.locale = Locale.forLanguageTag(patterns.getOrDefault("words_locale", language));
    }

    /** All languages by code, in the order of their own names. */
    static Map<String, Vocabulary> all() {
        return Loaded.ALL;
    }

    Optional<String> pattern(String key) {
        return Optional.ofNullable(key == null ? null : patterns.get(key));
    }

    Set<String> keys() {
        return patterns.keySet();
    }

    String language() {
        return language;
    }

    Locale locale() {
        return locale;
    }

    /** Fails where assertions are on, which is in tests; tells the log once where they are not. */
    void miss(String key) {
        if (missed.add(key)) {
            LOG.warnf("words/%s.properties has no %s", language, key);
        }
        assert false : "words/" + language + ".properties has no " + key;
    }

    private static Optional<Vocabulary> load(String language) {
        try (InputStream in = Vocabulary.class.getResourceAsStream("/words/" + language + ".properties")) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> patterns = new LinkedHashMap<>();
            properties.forEach((key, value) -> patterns.put((String) key, text((String) key, (String) value)));
            return Optional.of(new Vocabulary(language, Map.copyOf(patterns)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * To {@link java.text.MessageFormat} an apostrophe is a quote; in these files it is an apostrophe, doubled or not. The
     * {@code words_} keys are date patterns and stay as they are.
     */
    private static String text(String key, String value) {
        return key.startsWith("words_") ? value : value.replace("''", "'").replace("'", "''");
    }

    private static final class Loaded {
        static final Map<String, Vocabulary> ALL = load();

        private static Map<String, Vocabulary> load() {
            List<Vocabulary> found = new ArrayList<>();
            for (String language : Locale.getISOLanguages()) {
                Vocabulary.load(language).ifPresent(found::add);
            }
            Collator byName = Collator.getInstance(Locale.ROOT);
            found.sort(Comparator.comparing(v -> v.pattern("words_language").orElse(v.language), byName));
            Map<String, Vocabulary> all = new LinkedHashMap<>();
            found.forEach(v -> all.put(v.language, v));
            return Collections.unmodifiableMap(all);
        }
    }
}
