package org.habeas.retention;

import org.habeas.problem.Unavailable;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers every page and every call while the portal is closed. */
class GateKeeper {
    private final Gate gate;

    GateKeeper(Gate gate) {
        this.gate = gate;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuse() {
        if (gate.isClosed()) {
            throw new Unavailable("retention_closed");
        }
    }
}
