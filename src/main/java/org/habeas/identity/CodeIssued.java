package org.habeas.identity;

import org.habeas.request.EmailAddress;
import org.habeas.request.RightsRequest;

/**
 * A code is on its way to the address; fired in the transaction that made it. It is the only thing that may go to an address
 * that nobody has proven, and its letter repeats no word that came with the request.
 */
public record CodeIssued(RightsRequest request, EmailAddress address, String code) {
    @Override
    public String toString() {
        return "CodeIssued[" + request.reference() + "]";
    }
}
