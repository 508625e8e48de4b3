package org.habeas.law;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The regimes that the portal knows, from {@code law/regimes.yml}. */
public final class Regimes {
    private static final List<Regime> ALL = LawData.entries("regimes.yml", "regimes").stream()
            .map(Regimes::regime)
            .toList();

    private Regimes() {}

    /** The names that {@link #named(String)} knows, in the order of the file. */
    public static List<String> ids() {
        return ALL.stream().map(Regime::id).distinct().toList();
    }

    public static boolean known(String id) {
        return ids().contains(id);
    }

    /**
     * The newest version of a regime.
     *
     * @throws IllegalArgumentException with the allowed names, where there is none of that name
     */
    public static Regime named(String id) {
        return ALL.stream()
                .filter(r -> r.id().equals(id))
                .max(Comparator.comparing(Regime::validFrom))
                .orElseThrow(() ->
                        new IllegalArgumentException("no regime " + id + "; known are " + String.join(", ", ids())));
    }

    /** The version that was frozen on a request; empty if this release does not know it. */
    public static Optional<Regime> named(String id, String version) {
        return ALL.stream()
                .filter(r -> r.id().equals(id) && r.version().equals(version))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private static Regime regime(Map<String, Object> entry) {
        Map<String, Object> targets = (Map<String, Object>) entry.get("own_targets");
        return new Regime(
                text(entry, "id"),
                text(entry, "version"),
                LocalDate.parse(text(entry, "valid_from")),
                text(entry, "title"),
                text(entry, "citation"),
                Period.parse(text(entry, "period")),
                Optional.ofNullable(entry.get("extension")).map(e -> Period.parse(e.toString())),
                Boolean.TRUE.equals(entry.get("extension_open")),
                all(Regime.Start.class, entry.get("starts")),
                all(Regime.Pause.class, entry.get("pauses")),
                WorkingDays.in(text(entry, "calendar")),
                all(Regime.RefusalPart.class, entry.get("refusal")),
                new OwnTargets(
                        (int) targets.get("acknowledge"),
                        (int) targets.get("identity"),
                        (int) targets.get("amber"),
                        (int) targets.get("decide"),
                        (int) targets.get("red")),
                proof((Map<String, Object>) entry.get("proof")),
                authority((Map<String, Object>) entry.get("authority")),
                ZoneId.of(text(entry, "zone")));
    }

    private static Regime.Authority authority(Map<String, Object> entry) {
        return new Regime.Authority(
                text(entry, "name"),
                Optional.ofNullable(entry.get("address")).map(Object::toString),
                Optional.ofNullable(entry.get("website")).map(Object::toString));
    }

    private static Map<Right, Assurance> proof(Map<String, Object> entry) {
        Map<Right, Assurance> proof = new EnumMap<>(Right.class);
        Arrays.stream(Right.values())
                .forEach(right -> proof.put(
                        right,
                        Assurance.of(String.valueOf(entry.getOrDefault(right.code(), entry.get("default"))))
                                .orElseThrow()));
        return Map.copyOf(proof);
    }

    private static String text(Map<String, Object> entry, String key) {
        return entry.get(key).toString();
    }

    private static <E extends Enum<E>> Set<E> all(Class<E> type, Object names) {
        Set<E> all = EnumSet.noneOf(type);
        for (Object name : (Collection<?>) names) {
            all.add(Enum.valueOf(type, name.toString().toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return Set.copyOf(all);
    }
}
