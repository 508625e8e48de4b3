package org.habeas.request;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A time in which the clock stands still, from the day of asking to the day of the answer (law.md section 2). */
@Embeddable
public class Pause {
    @Column(name = "paused_on")
    LocalDate from;

    @Column(name = "resumed_on")
    @Nullable
    LocalDate to;

    String reason;
    String officer;

    protected Pause() {}

    Pause(LocalDate from, String reason, String officer) {
        this.from = from;
        this.reason = reason;
        this.officer = officer;
    }

    public LocalDate from() {
        return from;
    }

    public Optional<LocalDate> to() {
        return Optional.ofNullable(to);
    }

    public String reason() {
        return reason;
    }

    public String officer() {
        return officer;
    }

    boolean running() {
        return to == null;
    }

    /** Days that the clock stood still; for one that still runs, up to {@code today}. None are taken away by a clock set back. */
    long days(LocalDate today) {
        return Math.max(0, ChronoUnit.DAYS.between(from, to == null ? today : to));
    }
}
