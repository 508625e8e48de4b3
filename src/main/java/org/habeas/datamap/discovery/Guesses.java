package org.habeas.datamap.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Guesses by names, English and Norwegian, out of {@code datamap/guesses.yml}. */
final class Guesses {
    private final List<Guess> guesses = new ArrayList<>();
    private final List<String> people;
    private final Set<String> tools;

    /** What a column may hold; {@code own} only fits in tables whose rows belong to a person. */
    record Guess(String category, Optional<String> identity, boolean text, boolean own, List<List<String>> words) {
        boolean fits(LiveTable.Column column, List<String> parts, boolean ownTable) {
            return (!text || column.text())
                    && (!own || ownTable)
                    && words.stream().anyMatch(w -> endsWith(parts, w));
        }

        /** A word fits alone or as the last part of a longer name; one of two letters only alone. */
        private static boolean endsWith(List<String> parts, List<String> word) {
            boolean alone = word.size() == 1 && word.get(0).length() < 3;
            return parts.size() >= word.size()
                    && (!alone || parts.size() == 1)
                    && parts.subList(parts.size() - word.size(), parts.size()).equals(word);
        }
    }

    @SuppressWarnings("unchecked")
    Guesses() {
        Map<String, Object> data = read();
        for (Map<String, Object> entry : (List<Map<String, Object>>) data.get("guesses")) {
            guesses.add(new Guess(
                    entry.get("category").toString(),
                    Optional.ofNullable(entry.get("identity")).map(Object::toString),
                    Boolean.TRUE.equals(entry.get("text")),
                    Boolean.TRUE.equals(entry.get("own")),
                    ((List<Object>) entry.get("words"))
                            .stream().map(w -> List.of(w.toString().split(" "))).toList()));
        }
        people = ((List<Object>) data.get("people"))
                .stream().map(Object::toString).toList();
        tools = new HashSet<>((List<String>) data.get("tools"));
    }

    private static Map<String, Object> read() {
        try (InputStream in = Guesses.class.getResourceAsStream("/datamap/guesses.yml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Guess> of(LiveTable.Column column, boolean ownTable) {
        List<String> parts = parts(column.name());
        return guesses.stream().filter(g -> g.fits(column, parts, ownTable)).findFirst();
    }

    boolean isTool(LiveTable table) {
        return tools.contains(table.name().toLowerCase(Locale.ROOT));
    }

    /** Whether the noun means people. */
    boolean isPerson(String noun) {
        return people.contains(noun);
    }

    /** {@code customer} out of {@code customer_id}, {@code CustomerId}, {@code fk_customer}; empty for other names. */
    static Optional<String> noun(String column) {
        List<String> parts = parts(column);
        int last = parts.size() - 1;
        if (last > 0 && Set.of("id", "fk", "ref", "uuid").contains(parts.get(last))) {
            return Optional.of(String.join("_", parts.subList(0, last)));
        }
        return last > 0 && parts.get(0).equals("fk")
                ? Optional.of(String.join("_", parts.subList(1, last + 1)))
                : Optional.empty();
    }

    /** The names that a table of these things may have: singular and the plurals of English and Norwegian. */
    static List<String> tableNames(String noun) {
        List<String> names = new ArrayList<>(List.of(
                noun, noun.endsWith("e") ? noun + "r" : noun + "s", noun + "s", noun + "es", noun + "er", noun + "ar"));
        if (noun.endsWith("y")) {
            names.add(noun.substring(0, noun.length() - 1) + "ies");
        }
        return names;
    }

    /** A name in lower case, taken apart at underscores, other signs and capitals; æ ø å as ae o a. */
    static List<String> parts(String name) {
        String spaced = name.replaceAll("(?<=[a-zæøå0-9])(?=[A-ZÆØÅ])", "_")
                .toLowerCase(Locale.ROOT)
                .replace("æ", "ae")
                .replace("ø", "o")
                .replace("å", "a");
        return List.of(spaced.split("[^a-z0-9]+")).stream()
                .filter(p -> !p.isEmpty())
                .toList();
    }
}
