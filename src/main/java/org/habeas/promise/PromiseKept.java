package org.habeas.promise;

import java.util.List;
import org.habeas.request.Reference;
import org.habeas.retention.Obligations;

/** All that this erasure had to keep is gone; whoever asked for it is told so at that address. Fired in the transaction. */
public record PromiseKept(
        String address, String language, String organisation, Reference reference, List<Obligations.Gone> gone) {
    @Override
    public String toString() {
        return "PromiseKept[" + reference + "]";
    }
}
