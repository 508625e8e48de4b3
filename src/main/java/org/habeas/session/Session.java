package org.habeas.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser has proven so far: a staff account, and requests whose passphrase was given. It lies in the browser, sealed;
 * it ends after idle time, a staff sign-in also after a working day.
 */
record Session(Optional<Staff> staff, Map<String, Instant> opened) {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(10);
    private static final int MOST_REQUESTS = 10;

    record Staff(String account, Instant since, Instant seen) {}

    static Session empty() {
        return new Session(Optional.empty(), Map.of());
    }

    Session signedIn(String account, Instant now) {
        return new Session(Optional.of(new Staff(account, now, now)), opened);
    }

    Session signedOut() {
        return new Session(Optional.empty(), opened);
    }

    Session opened(String reference, Instant now) {
        Map<String, Instant> more = new LinkedHashMap<>(opened);
        more.remove(reference);
        more.put(reference, now.plus(IDLE));
        while (more.size() > MOST_REQUESTS) {
            more.remove(more.keySet().iterator().next());
        }
        return new Session(staff, more);
    }

    Session closed(String reference) {
        Map<String, Instant> fewer = new LinkedHashMap<>(opened);
        fewer.remove(reference);
        return new Session(staff, fewer);
    }

    boolean holds(String reference, Instant now) {
        Instant until = opened.get(reference);
        return until != null && now.isBefore(until);
    }

    /** The same, without what has ended. */
    Session at(Instant now) {
        Map<String, Instant> still = new LinkedHashMap<>(opened);
        still.values().removeIf(until -> !now.isBefore(until));
        return new Session(
                staff.filter(s -> now.isBefore(s.seen().plus(IDLE))
                        && now.isBefore(s.since().plus(LONGEST))),
                still);
    }

    Session seen(Instant now) {
        return new Session(staff.map(s -> new Staff(s.account(), s.since(), now)), opened);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        staff.ifPresent(s -> text.append("s ")
                .append(s.account())
                .append(' ')
                .append(s.since().getEpochSecond())
                .append(' ')
                .append(s.seen().getEpochSecond())
                .append('\n'));
        opened.forEach((reference, until) -> text.append("r ")
                .append(reference)
                .append(' ')
                .append(until.getEpochSecond())
                .append('\n'));
        return text.toString();
    }

    static Session of(String text) {
        Optional<Staff> staff = Optional.empty();
        Map<String, Instant> opened = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ");
            if (parts[0].equals("s")) {
                staff = Optional.of(new Staff(parts[1], second(parts[2]), second(parts[3])));
            } else {
                opened.put(parts[1], second(parts[2]));
            }
        }
        return new Session(staff, opened);
    }

    private static Instant second(String digits) {
        return Instant.ofEpochSecond(Long.parseLong(digits));
    }
}
