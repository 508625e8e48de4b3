package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Organisation;
import org.habeas.datamap.SystemEntry;

/** The register of those who receive data, out of the data map (Articles 13(1)(e) and (f), 30(1)(d) and (e)). */
@ApplicationScoped
public class Recipients {
    private final DataMap map;

    Recipients(DataMap map) {
        this.map = map;
    }

    /** One who receives data; {@code systems} by their titles, {@code purposes} as people are told of them. */
    public record Entry(SystemEntry.Recipient recipient, List<String> systems, List<String> purposes) {}

    public List<Entry> all() {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (SystemEntry system : map.systems()) {
            for (SystemEntry.Recipient recipient : system.recipients()) {
                all.merge(
                        recipient.name(),
                        new Entry(recipient, List.of(system.title()), purposes(system, recipient)),
                        Recipients::both);
            }
        }
        return List.copyOf(all.values());
    }

    private List<String> purposes(SystemEntry system, SystemEntry.Recipient recipient) {
        return recipient.purpose().map(p -> List.of(title(p))).orElseGet(() -> map.dataset(system.name()).stream()
                .flatMap(d -> d.collections().stream())
                .filter(MappedCollection::personal)
                .flatMap(c -> c.purpose().stream())
                .map(this::title)
                .distinct()
                .toList());
    }

    private String title(String purpose) {
        return map.organisation()
                .purpose(purpose)
                .map(Organisation.Purpose::title)
                .orElse(purpose);
    }

    /** Named by two systems: what the one does not say, the other may. */
    private static Entry both(Entry one, Entry other) {
        SystemEntry.Recipient a = one.recipient();
        SystemEntry.Recipient b = other.recipient();
        SystemEntry.Recipient recipient = new SystemEntry.Recipient(
                a.name(), or(a.country(), b.country()), or(a.safeguard(), b.safeguard()), or(a.contact(), b.contact()));
        return new Entry(recipient, joined(one.systems(), other.systems()), joined(one.purposes(), other.purposes()));
    }

    private static Optional<String> or(Optional<String> one, Optional<String> other) {
        return one.or(() -> other);
    }

    private static List<String> joined(List<String> one, List<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(new ArrayList<>(all));
    }
}
