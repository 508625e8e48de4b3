package org.habeas.owner;

import java.util.Optional;
import org.habeas.request.RightsRequest;

/**
 * Something must be mailed to the owner of a system, fired in the transaction: the task with its link, a reminder of it, or
 * the code that opens it.
 */
public record OwnerWritten(
        RightsRequest request,
        String system,
        String to,
        boolean execute,
        Kind kind,
        String link,
        Optional<String> code) {
    public enum Kind {
        TASK,
        REMINDER,
        CODE,
        /** To the organisation's contact: the owner has not answered. */
        ESCALATION
    }

    @Override
    public String toString() {
        return "OwnerWritten[" + system + ", " + kind + "]";
    }
}
