package org.habeas.history;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.habeas.audit.EntrySearch;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What the auditor typed into the search, as it stands in the address. */
public class HistoryQuery {
    private static final Pattern EVENT = Pattern.compile("[a-z0-9._-]{1,60}");

    @RestQuery
    @Nullable
    String reference;

    @RestQuery
    @Nullable
    String from;

    @RestQuery
    @Nullable
    String to;

    @RestQuery
    @Nullable
    String officer;

    @RestQuery
    @Nullable
    String event;

    @RestQuery
    @Nullable
    String before;

    static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** The reference, if one was typed and it can be one. */
    Optional<Reference> typedReference() {
        return given(reference).map(text -> Reference.typed(text)
                .orElseThrow(() -> Invalid.field("reference", "history_reference_form")));
    }

    EntrySearch.Wanted wanted(Optional<UUID> subject) {
        Period period = Period.of(from, to);
        return new EntrySearch.Wanted(
                subject,
                period.start(),
                period.end(),
                given(officer).map(name -> name.substring(0, Math.min(200, name.length()))),
                given(event).map(HistoryQuery::name),
                given(before).map(HistoryQuery::row).orElse(OptionalLong.empty()));
    }

    private static String name(String event) {
        if (!EVENT.matcher(event).matches()) {
            throw Invalid.field("event", "history_event_form");
        }
        return event;
    }

    private static OptionalLong row(String before) {
        return before.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(before)) : OptionalLong.empty();
    }
}
