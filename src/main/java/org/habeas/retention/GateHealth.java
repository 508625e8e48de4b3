package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the portal is closed, and why. */
@Readiness
@ApplicationScoped
class GateHealth implements HealthCheck {
    private final Gate gate;

    GateHealth(Gate gate) {
        this.gate = gate;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("nobody comes back");
        return gate.closed()
                .map(why -> answer.down().withData("reason", why))
                .orElseGet(answer::up)
                .build();
    }
}
