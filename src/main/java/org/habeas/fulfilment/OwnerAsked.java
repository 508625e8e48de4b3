package org.habeas.fulfilment;

import org.habeas.request.RightsRequest;

/**
 * The owner of a system that is kept by hand is asked to look, or ({@code execute}) to do what was decided. Fired in the
 * transaction; whoever listens writes to the owner.
 */
public record OwnerAsked(RightsRequest request, String system, boolean execute) {}
