package org.habeas.history;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.habeas.audit.Anchors;
import org.habeas.audit.EntrySearch;
import org.habeas.audit.SignedHistory;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.request.Outcome;

/** Everything that the history page shows. */
public record HistoryView(
        Form form,
        SignedHistory.Standing standing,
        Signing signing,
        List<Anchored> anchors,
        List<Line> lines,
        Optional<String> older,
        Optional<CaseGlance.Facts> glance,
        Invalid errors) {

    /** What was typed, so that it stands in the fields again. */
    public record Form(String reference, String from, String to, String officer, String event) {
        public String fromType() {
            return type(from);
        }

        public String toType() {
            return type(to);
        }

        /** A day can be picked; an instant, which stands in an address only, keeps a field that can show it. */
        private static String type(String bound) {
            return bound.isEmpty() || bound.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? "date" : "text";
        }
    }

    /** What an export can be narrowed to. */
    public List<String> rights() {
        return Arrays.stream(Right.values()).map(Right::code).toList();
    }

    public List<String> outcomes() {
        return Arrays.stream(Outcome.values()).map(Outcome::code).toList();
    }

    /** A place outside: which head it has, since when, and whether that is {@code late}. */
    public record Anchored(Anchors.Kind kind, Optional<Anchors.Reached> last, Optional<Signing> age, boolean late) {
        public String code() {
            return kind.code();
        }
    }

    /** How fresh the last signature is: {@code late} where entries wait longer than they should. */
    public record Signing(Duration age, boolean late) {
        /** The age in the largest whole unit: seconds, minutes, hours or days. */
        public long amount() {
            return age.toDays() > 1
                    ? age.toDays()
                    : age.toHours() > 1 ? age.toHours() : age.toMinutes() > 1 ? age.toMinutes() : age.toSeconds();
        }

        public String unit() {
            return age.toDays() > 1
                    ? "days"
                    : age.toHours() > 1 ? "hours" : age.toMinutes() > 1 ? "minutes" : "seconds";
        }
    }

    /** One entry. */
    public record Line(EntrySearch.Found entry, Optional<String> reference) {
        /** To the second, in UTC, as in the exports. */
        public String time() {
            return entry.at().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
        }

        /** Where the entries of the same case are. */
        public Optional<String> address() {
            return reference.map(one -> "/history?reference=" + one);
        }

        /** Where the entries of the same kind are. */
        public String sameEvent() {
            return "/history?event=" + URLEncoder.encode(event(), StandardCharsets.UTF_8);
        }

        /** Where the entries of the same account are; nobody but staff has one. */
        public Optional<String> sameActor() {
            return entry.account()
                    .map(account -> "/history?officer=" + URLEncoder.encode(account, StandardCharsets.UTF_8));
        }

        public Instant at() {
            return entry.at();
        }

        public String event() {
            return entry.event();
        }

        public String actor() {
            return entry.actor();
        }

        public Map<String, String> facts() {
            return entry.facts();
        }

        public Optional<Long> index() {
            OptionalLong index = entry.index();
            return index.isPresent() ? Optional.of(index.getAsLong()) : Optional.empty();
        }

        /** Whether there is anything to tell beside what happened. */
        public boolean told() {
            return !facts().isEmpty() || entry.details();
        }

        public boolean sealed() {
            return entry.details() && entry.shreddedAt().isEmpty();
        }

        public Optional<Instant> shreddedAt() {
            return entry.shreddedAt();
        }

        public Optional<String> shreddedUnder() {
            return entry.shreddedUnder();
        }
    }
}
