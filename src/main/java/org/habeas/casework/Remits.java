package org.habeas.casework;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;

/**
 * Who may see which case: each company of the group is a controller of its own, so a case of a company that an officer does not
 * answer for does not exist for her.
 */
@ApplicationScoped
@Transactional
class Remits {
    /** What holds for the cases of a remit that is not the whole: its companies, and whether they are in it or outside. */
    static final String CONDITION = "(r.organisation = any(?)) = ?";

    private final Requests requests;
    private final Organisation organisation;

    Remits(Requests requests, DataMap map) {
        this.requests = requests;
        this.organisation = map.organisation();
    }

    /** {@link NotFound} for a case that the officer does not answer for. */
    void mustCover(Reference reference, Actor officer) {
        if (!organisation.remit(officer.name()).whole()) {
            mustCover(requests.read(reference), officer);
        }
    }

    void mustCover(RightsRequest request, Actor officer) {
        if (!covers(officer.name(), request)) {
            throw new NotFound(Requests.UNKNOWN);
        }
    }

    /** The companies that an officer answers for. */
    Organisation.Remit of(Actor officer) {
        return organisation.remit(officer.name());
    }

    boolean covers(String account, RightsRequest request) {
        return organisation.remit(account).covers(request.organisation());
    }
}
