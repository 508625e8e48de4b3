package org.habeas.cancellation;

import org.habeas.request.EmailAddress;
import org.habeas.request.RightsRequest;

/** An address on file is to be told that somebody asked for erasure; fired in the transaction that made the link. */
public record CancellationOffered(RightsRequest request, EmailAddress address, String link) {
    @Override
    public String toString() {
        return "CancellationOffered[" + request.reference() + "]";
    }
}
