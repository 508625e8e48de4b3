package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.datamap.DataMap;

/**
 * When the schedule may purge ({@code habeas.retention-hours}, such as {@code 22:00-05:30}) and how fast ({@code
 * habeas.retention-rate}, rows a second; 0 is without limit), in the organisation's time zone.
 */
@ApplicationScoped
class Timetable {
    private final Clock clock;
    private final ZoneId zone;
    private final LocalTime from;
    private final LocalTime to;
    private final int rate;

    Timetable(
            Clock clock,
            DataMap map,
            @ConfigProperty(name = "habeas.retention-hours", defaultValue = "00:00-00:00") String hours,
            @ConfigProperty(name = "habeas.retention-rate", defaultValue = "0") int rate) {
        this.clock = clock;
        this.zone = map.organisation().zone();
        this.rate = rate;
        try {
            String[] ends = hours.strip().split("-", -1);
            this.from = LocalTime.parse(ends[0].strip());
            this.to = LocalTime.parse(ends[1].strip().replace("24:00", "00:00"));
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "HABEAS_RETENTION_HOURS=" + hours + " is not of the form 22:00-05:30, from when to when");
        }
        if (rate < 0) {
            throw new IllegalArgumentException(
                    "HABEAS_RETENTION_RATE=" + rate + " is not a number of rows a second; 0 is without limit");
        }
    }

    ZoneId zone() {
        return zone;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** How long until the hours begin; zero within them. */
    Duration untilOpen() {
        ZonedDateTime now = clock.instant().atZone(zone);
        if (open(now.toLocalTime())) {
            return Duration.ZERO;
        }
        ZonedDateTime next = now.with(from);
        return Duration.between(now, next.isAfter(now) ? next : next.plusDays(1));
    }

    private boolean open(LocalTime time) {
        if (from.equals(to)) {
            return true;
        }
        boolean afterFrom = !time.isBefore(from);
        boolean beforeTo = time.isBefore(to);
        return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
    }

    /** Whether rows may only go so many a second. */
    boolean limited() {
        return rate > 0;
    }

    /** How long so many rows have to take at least. */
    Duration atLeast(int rows) {
        return rate == 0 ? Duration.ZERO : Duration.ofMillis(1000L * rows / rate);
    }
}
