package org.habeas.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.habeas.vault.Secrets;

/**
 * What a browser has proven so far, and what it has typed and not yet sent: a staff account, requests whose passphrase was
 * given, notes. It lies in the browser, sealed; it ends after idle time, a staff sign-in also after a working day.
 */
record Session(Optional<Staff> staff, Map<String, Instant> opened, Map<String, Note> notes) {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(10);
    private static final int MOST_REQUESTS = 10;

    record Staff(String account, Instant since, Instant seen) {}

    /** Something to be remembered for the browser's owner. */
    record Note(String text, Instant until) {}

    static Session empty() {
        return new Session(Optional.empty(), Map.of(), Map.of());
    }

    Session signedIn(String account, Instant now) {
        return new Session(Optional.of(new Staff(account, now, now)), opened, notes);
    }

    Session signedOut() {
        return new Session(Optional.empty(), opened, notes);
    }

    Session opened(String reference, Instant now) {
        return new Session(staff, with(opened, reference, now.plus(IDLE)), notes);
    }

    Session closed(String reference) {
        return new Session(staff, without(opened, reference), notes);
    }

    boolean holds(String reference, Instant now) {
        Instant until = opened.get(reference);
        return until != null && Secrets.lasts(until, IDLE, now);
    }

    Session noted(String name, String text, Instant now) {
        return new Session(staff, opened, with(notes, name, new Note(text, now.plus(IDLE))));
    }

    Session forgot(String name) {
        return new Session(staff, opened, without(notes, name));
    }

    /** The same, without what has ended. */
    Session at(Instant now) {
        Map<String, Instant> still = new LinkedHashMap<>(opened);
        still.values().removeIf(until -> !Secrets.lasts(until, IDLE, now));
        Map<String, Note> kept = new LinkedHashMap<>(notes);
        kept.values().removeIf(note -> !Secrets.lasts(note.until(), IDLE, now));
        return new Session(staff.filter(s -> lasts(s, now)), still, kept);
    }

    Session seen(Instant now) {
        return new Session(staff.map(s -> new Staff(s.account(), s.since(), now)), opened, notes);
    }

    boolean isEmpty() {
        return staff.isEmpty() && opened.isEmpty() && notes.isEmpty();
    }

    private static boolean lasts(Staff staff, Instant now) {
        return Secrets.lasts(staff.seen().plus(IDLE), IDLE, now)
                && Secrets.lasts(staff.since().plus(LONGEST), LONGEST, now);
    }

    /** The newest last; the oldest make room. */
    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        Map<String, T> more = without(map, key);
        more.put(key, value);
        while (more.size() > MOST_REQUESTS) {
            more.remove(more.keySet().iterator().next());
        }
        return more;
    }

    private static <T> Map<String, T> without(Map<String, T> map, String key) {
        Map<String, T> fewer = new LinkedHashMap<>(map);
        fewer.remove(key);
        return fewer;
    }
}
