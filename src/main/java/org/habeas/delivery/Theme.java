package org.habeas.delivery;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.datamap.MappedCollection;

/** What a collection is about, from the categories (fideslang) of its fields, so that a reader finds her way. */
enum Theme {
    WHO(
            "user.name",
            "user.unique_id",
            "user.government_id",
            "user.account",
            "user.authorizing",
            "user.credentials",
            "user.biometric",
            "user.demographic",
            "user.date_of_birth",
            "user.gender",
            "user.childrens"),
    CONTACT("user.contact", "user.correspondence"),
    MONEY("user.financial", "user.payment", "user.behavior.purchase_history"),
    SENSITIVE(
            "user.health_and_medical",
            "user.biometric_health",
            "user.genetic",
            "user.political_opinion",
            "user.religious_belief",
            "user.race",
            "user.sexual_orientation",
            "user.criminal_history"),
    USE(
            "user.behavior",
            "user.device",
            "user.telemetry",
            "user.location",
            "user.social",
            "user.sensor",
            "user.user_sensor",
            "user.profiling",
            "user.privacy_preferences",
            "user.content"),
    WORK("user.workplace", "user.worker", "user.job_title", "user.employment"),
    OTHER;

    private final List<String> categories;

    Theme(String... categories) {
        this.categories = List.of(categories);
    }

    /** The theme that most of the fields belong to; the first of them where that is undecided. */
    static Theme of(Optional<MappedCollection> collection) {
        List<String> found = collection.stream()
                .flatMap(c -> c.fields().stream())
                .flatMap(f -> f.categories().stream())
                .toList();
        return Arrays.stream(values())
                .max(Comparator.<Theme>comparingLong(t -> t.count(found)).thenComparing(Comparator.reverseOrder()))
                .filter(t -> t.count(found) > 0)
                .orElse(OTHER);
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private long count(List<String> found) {
        return found.stream().filter(this::covers).count();
    }

    private boolean covers(String category) {
        return categories.stream()
                .filter(c -> category.equals(c) || category.startsWith(c + "."))
                .anyMatch(c -> Arrays.stream(values()).noneMatch(other -> other != this && other.nearer(category, c)));
    }

    private boolean nearer(String category, String than) {
        return categories.stream()
                .anyMatch(c -> c.length() > than.length() && (category.equals(c) || category.startsWith(c + ".")));
    }
}
