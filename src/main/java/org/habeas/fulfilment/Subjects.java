package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Set;
import org.habeas.request.Identifier;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Part;
import org.habeas.vault.Vault;

/** Who a request is about, as far as it is proven: hints are for the officer and are never searched. */
@ApplicationScoped
class Subjects {
    private final Requests requests;
    private final Vault vault;

    Subjects(Requests requests, Vault vault) {
        this.requests = requests;
        this.vault = vault;
    }

    Searches.Subject of(RightsRequest request) {
        Set<Search.Proven> proven = new LinkedHashSet<>();
        for (Identifier identifier : requests.provenOfPerson(request)) {
            proven.add(new Search.Proven(identifier.kind(), identifier.value()));
        }
        return new Searches.Subject(request.id(), vault.partKey(request.vaultKey(), Part.FINDINGS), proven);
    }

    /** The hashes by which legal holds and obligations know her. */
    Set<String> hashes(RightsRequest request) {
        Set<String> hashes = new LinkedHashSet<>();
        requests.provenOfPerson(request).forEach(i -> hashes.add(vault.identifierHash(i.kind(), i.value())));
        return hashes;
    }
}
