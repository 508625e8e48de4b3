package org.habeas.audit;

import java.time.temporal.TemporalAccessor;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.habeas.actor.Actor;

/**
 * What somebody did, as the ledger remembers it: the event, the case's pseudonym (the request's id), who, and facts that are
 * counts, codes and digests. Personal data goes into the details, which are sealed under the case's key.
 */
public record Act(
        String event, Optional<UUID> subject, Actor actor, SortedMap<String, Object> facts, Optional<Details> details) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([._-][a-z0-9]+)*");
    private static final int LONGEST_FACT = 400;

    public Act {
        if (!NAME.matcher(event).matches()) {
            throw new IllegalArgumentException("an event is lower case with dots and dashes, not " + event);
        }
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** An act with nothing but its name, such as {@code request.received}, and who did it. */
    public static Act of(String event, Actor actor) {
        return new Act(event, Optional.empty(), actor, new TreeMap<>(), Optional.empty());
    }

    /** The same act, about the request with this id. */
    public Act about(UUID request) {
        return new Act(event, Optional.of(request), actor, facts, details);
    }

    /**
     * The same act with one more fact: a whole number, a truth value, or a short code, date, digest or id. {@code null} adds
     * nothing. What looks like an address, is long or has control characters is refused: it belongs into the details.
     */
    public Act fact(String name, Object value) {
        if (!NAME.matcher(name.replace('_', '-')).matches()) {
            throw new IllegalArgumentException("a fact's name is lower_snake, not " + name);
        }
        if (value == null) {
            return this;
        }
        SortedMap<String, Object> more = new TreeMap<>(facts);
        more.put(name, plain(name, value));
        return new Act(event, subject, actor, more, details);
    }

    /** The same act with details sealed under this key of the vault; the entry itself carries a commitment to them only. */
    public Act details(UUID key, byte[] bytes) {
        return new Act(event, subject, actor, facts, Optional.of(new Details(key, bytes)));
    }

    private static Object plain(String name, Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        if (!(value instanceof CharSequence
                || value instanceof UUID
                || value instanceof Enum<?>
                || value instanceof TemporalAccessor)) {
            throw new IllegalArgumentException(
                    "fact " + name + " cannot be a " + value.getClass().getSimpleName());
        }
        String text = value.toString();
        if (text.length() > LONGEST_FACT
                || text.indexOf('@') >= 0
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("fact " + name + " is no code, count or digest; is it personal data?");
        }
        return text;
    }
}
