package org.habeas.fulfilment;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Set;

/** Crashes once at each point that it is told, as a kill would: nothing after it is done. */
@Mock
@ApplicationScoped
class Crashes extends Points {
    private final Set<Point> planned = EnumSet.noneOf(Point.class);

    synchronized void at(Set<Point> points) {
        planned.clear();
        planned.addAll(points);
    }

    synchronized Set<Point> left() {
        return Set.copyOf(planned);
    }

    @Override
    synchronized void pass(Point point) {
        if (planned.remove(point)) {
            throw new IllegalStateException("crashed at " + point);
        }
    }
}
