package org.habeas.policy;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Finding;
import org.habeas.datamap.Finding.Severity;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;
import org.habeas.law.RetentionRule;

/**
 * What the data map holds that a policy's purposes and recipients do not cover, and what the policy promises that no rule
 * keeps. An error is a broken promise; a warning is a promise of something that the map does not have.
 */
public final class Gaps {
    private static final Position POLICY = new Position("policy", 1);

    private final DataMap map;
    private final Promises promises;
    private final List<Finding> found = new ArrayList<>();

    private Gaps(DataMap map, Promises promises) {
        this.map = map;
        this.promises = promises;
    }

    public static List<Finding> between(DataMap map, Promises promises) {
        Gaps gaps = new Gaps(map, promises);
        map.collections().stream().filter(MappedCollection::personal).forEach(gaps::covered);
        map.systems().forEach(gaps::recipients);
        map.systems().forEach(gaps::told);
        gaps.kept();
        gaps.promisedInVain();
        return gaps.found;
    }

    private void covered(MappedCollection collection) {
        Optional<String> purpose = collection.purpose();
        if (purpose.isEmpty()) {
            add(
                    collection.at(),
                    Severity.WARNING,
                    collection.address() + " holds personal data for no purpose that the map names");
        } else if (!promises.purposes().contains(purpose.get())) {
            add(
                    collection.at(),
                    Severity.ERROR,
                    collection.address() + " is kept for the purpose " + purpose.get()
                            + ", which the policy does not name");
        }
    }

    private void recipients(SystemEntry system) {
        for (SystemEntry.Recipient recipient : system.recipients()) {
            if (!promises.recipients().contains(recipient.name())) {
                add(
                        system.at(),
                        Severity.ERROR,
                        system.name() + " gives data to " + recipient.name() + ", whom the policy does not name");
            }
        }
    }

    /** "We tell you if we use your data differently": only those whose addresses a database holds as reachable. */
    private void told(SystemEntry system) {
        List<MappedCollection> addresses = map.collections().stream()
                .filter(c -> c.dataset().equals(system.name()))
                .filter(c -> c.fields().stream()
                        .anyMatch(f -> f.identity().filter("email"::equals).isPresent()))
                .toList();
        if (addresses.isEmpty()) {
            return;
        } else if (system.kind() != SystemEntry.Kind.JDBC) {
            add(
                    system.at(),
                    Severity.WARNING,
                    system.name() + " has e-mail addresses and is no database: who is only there is not told of a"
                            + " different use, and has to be told by other means");
        } else if (addresses.stream().allMatch(c -> c.reachable().isEmpty())) {
            add(
                    system.at(),
                    Severity.WARNING,
                    system.name()
                            + " has e-mail addresses and names none as reachable: who is only there is not told of"
                            + " a different use");
        }
    }

    /** A promised period is kept by a rule that is not longer, on every collection of the purpose. */
    private void kept() {
        promises.kept().forEach((purpose, period) -> map.collections().stream()
                .filter(c -> c.personal() && c.purpose().equals(Optional.of(purpose)))
                .forEach(c -> kept(c, purpose, period)));
    }

    private void kept(MappedCollection collection, String purpose, Period promised) {
        Optional<RetentionRule> rule = collection.retention().flatMap(r -> map.rule(r.rule(), collection.dataset()));
        String promise = "the policy promises to keep the data of " + purpose + " for " + promised;
        if (rule.isEmpty()) {
            add(collection.at(), Severity.ERROR, promise + ", and no rule ends it for " + collection.address());
        } else if (days(rule.get().period()) > days(promised)) {
            add(
                    collection.at(),
                    Severity.ERROR,
                    promise + ", and the rule " + rule.get().id() + " keeps " + collection.address() + " for "
                            + rule.get().period());
        } else if (rule.get().mode() == RetentionRule.Mode.REPORT) {
            add(
                    collection.at(),
                    Severity.ERROR,
                    promise + ", and the rule " + rule.get().id() + " only reports what is due in "
                            + collection.address());
        }
    }

    private void promisedInVain() {
        Set<String> purposes =
                map.collections().stream().flatMap(c -> c.purpose().stream()).collect(Collectors.toSet());
        promises.purposes().stream()
                .filter(p -> !purposes.contains(p))
                .forEach(p -> add(POLICY, Severity.WARNING, "nothing in the map is kept for the purpose " + p));
        promises.kept().keySet().stream()
                .filter(p -> !purposes.contains(p))
                .forEach(p -> add(POLICY, Severity.WARNING, "a period is promised for " + p + ", which nothing has"));
        Set<String> recipients = map.systems().stream()
                .flatMap(s -> s.recipients().stream())
                .map(SystemEntry.Recipient::name)
                .collect(Collectors.toSet());
        promises.recipients().stream()
                .filter(r -> !recipients.contains(r))
                .forEach(r -> add(POLICY, Severity.WARNING, "no system of the map gives data to " + r));
    }

    private void add(Position at, Severity severity, String message) {
        found.add(new Finding(at, severity, message));
    }

    /** Long enough for comparing: a month is at most 31 days. */
    private static long days(Period period) {
        return period.toTotalMonths() * 31 + period.getDays();
    }
}
