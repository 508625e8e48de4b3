package org.habeas.cancellation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedField;
import org.habeas.fulfilment.Findings;
import org.habeas.fulfilment.Standing;
import org.habeas.request.EmailAddress;
import org.habeas.request.Identifier;

/** The e-mail addresses that the organisation has of a person: in rows of her own, not in what others share. */
@ApplicationScoped
class AddressesOnFile {
    /** More addresses than this are no person's. */
    private static final int MOST = 20;

    private final DataMap map;
    private final Findings findings;

    AddressesOnFile(DataMap map, Findings findings) {
        this.map = map;
        this.findings = findings;
    }

    Set<EmailAddress> of(UUID request) {
        Set<EmailAddress> all = new LinkedHashSet<>();
        for (Findings.FoundSystem system : findings.systems(request)) {
            for (Findings.FoundCollection collection : system.collections()) {
                List<String> fields = fields(system.system(), collection.collection());
                if (!fields.isEmpty() && collection.rows() > 0) {
                    findings.forEach(request, system.system(), collection.collection(), row -> {
                        if (row.standing() == Standing.OWN) {
                            fields.forEach(field -> add(row.values().get(field), all));
                        }
                        return all.size() < MOST;
                    });
                }
            }
        }
        return all;
    }

    private List<String> fields(String system, String collection) {
        return map.collection(system, collection).stream()
                .flatMap(c -> c.fields().stream())
                .filter(AddressesOnFile::holdsAddress)
                .map(MappedField::name)
                .toList();
    }

    private static boolean holdsAddress(MappedField field) {
        return field.identity().filter(Identifier.EMAIL::equals).isPresent()
                || field.categories().stream()
                        .anyMatch(c -> c.equals("user.contact.email") || c.startsWith("user.contact.email."));
    }

    private static void add(Object value, Set<EmailAddress> all) {
        if (value != null) {
            EmailAddress.of(value.toString().toLowerCase(Locale.ROOT)).ifPresent(all::add);
        }
    }
}
