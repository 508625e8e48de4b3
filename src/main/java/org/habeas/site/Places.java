package org.habeas.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.habeas.actor.Roles;

/** The places of the masthead: path to label, by who looks. */
final class Places {
    private record Staffs(String path, String label, Set<String> roles) {}

    private static final List<Staffs> STAFF = List.of(
            new Staffs("/cases", "common_nav_cases", Set.of(Roles.OFFICER)),
            new Staffs("/systems", "common_nav_systems", Set.of(Roles.ADMIN)),
            new Staffs("/outbox", "common_nav_outbox", Set.of(Roles.ADMIN)),
            new Staffs("/security", "common_nav_security", Set.of(Roles.ADMIN)),
            new Staffs("/retention", "common_nav_retention", Set.of(Roles.OFFICER, Roles.ADMIN)),
            new Staffs("/policies", "common_nav_policies", Set.of(Roles.OFFICER, Roles.ADMIN)),
            new Staffs("/disclosures", "common_nav_disclosures", Set.of(Roles.OFFICER)),
            new Staffs("/holds", "common_nav_holds", Set.of(Roles.OFFICER)),
            new Staffs("/history", "common_nav_history", Set.of(Roles.AUDITOR)),
            new Staffs("/statistics", "common_nav_statistics", Set.of(Roles.OFFICER, Roles.AUDITOR)));

    private Places() {}

    static Map<String, String> of(Set<String> roles) {
        Map<String, String> places = new LinkedHashMap<>();
        STAFF.stream()
                .filter(place -> place.roles().stream().anyMatch(roles::contains))
                .forEach(place -> places.put(place.path(), place.label()));
        return places;
    }

    static Map<String, String> ofPeople() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("/request", "common_nav_request");
        places.put("/status", "common_nav_status");
        places.put("/policy", "common_nav_policy");
        return places;
    }

    /** Where staff of these roles begin. */
    static String first(Set<String> roles) {
        return of(roles).keySet().stream().findFirst().orElse("/");
    }

    /** Whether this path is one of staff's pages. */
    static boolean staffs(String path) {
        return STAFF.stream().anyMatch(place -> path.equals(place.path()) || path.startsWith(place.path() + "/"));
    }
}
