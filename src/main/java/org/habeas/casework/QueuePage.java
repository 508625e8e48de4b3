package org.habeas.casework;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.datamap.Organisation;
import org.habeas.law.OwnTargets;
import org.habeas.law.Right;
import org.habeas.request.State;
import org.jspecify.annotations.Nullable;

/** The queue as an officer sees it; {@code next} is the address of the next page, or null. */
public record QueuePage(
        Asked asked,
        List<View> views,
        List<SavedViews.Saved> saved,
        List<String> officers,
        List<Line> lines,
        @Nullable String said,
        @Nullable String next) {
    /** What the address asks for; every part may be empty. */
    public record Asked(
            String q,
            String right,
            String state,
            String assignee,
            String overdue,
            String within,
            String waiting,
            String restricted,
            String sort) {
        static Asked of(
                @Nullable String q,
                @Nullable String right,
                @Nullable String state,
                @Nullable String assignee,
                @Nullable String overdue,
                @Nullable String within,
                @Nullable String waiting,
                @Nullable String restricted,
                @Nullable String sort) {
            return new Asked(
                    text(q),
                    text(right),
                    text(state),
                    text(assignee),
                    text(overdue),
                    text(within),
                    text(waiting),
                    text(restricted),
                    text(sort));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value.strip();
        }

        /** Whoever names no state wants the open cases; whoever searches, or looks for restrictions, the closed ones too. */
        Asked usual() {
            boolean open = state.isEmpty() && q.isEmpty() && restricted.isEmpty();
            return open ? new Asked(q, right, ACTIVE, assignee, overdue, within, waiting, restricted, sort) : this;
        }

        /** The filter that this is for an officer. */
        QueueFilter filter(String officer, @Nullable String after) {
            String states = ACTIVE.equals(state)
                    ? QueueFilter.OPEN_STATES.stream().map(State::code).collect(Collectors.joining(","))
                    : state;
            return QueueFilter.of(
                    states, right, assignee, overdue, within, waiting, officer, restricted, q, sort, null, after);
        }

        /** An address that asks for this, from that place in the list on. */
        String url(String after) {
            Map<String, String> parts = new LinkedHashMap<>();
            parts.put("q", q);
            parts.put("right", right);
            parts.put("state", state);
            parts.put("assignee", assignee);
            parts.put("overdue", overdue);
            parts.put("within", within);
            parts.put("waiting", waiting);
            parts.put("restricted", restricted);
            parts.put("sort", sort);
            parts.put("after", after);
            return parts.entrySet().stream()
                    .filter(part -> !part.getValue().isEmpty())
                    .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&", "/cases?", ""));
        }

        /** The same address, for forms that come back to it. */
        public String getUrl() {
            return url("");
        }

        /** What a named view is: the same, whatever the order. */
        private Asked unsorted() {
            return new Asked(q, right, state, assignee, overdue, within, waiting, restricted, "");
        }
    }

    /** In the address: every state in which somebody still has to do something. */
    static final String ACTIVE = "active";

    /** One of the usual looks at the queue, an address like any other. */
    public record View(String key, String url, long count, boolean current) {
        /** How many it has; beyond a number that nobody works by, only that there are more. */
        public String getSize() {
            return count > Queue.MANY ? Queue.MANY + "+" : String.valueOf(count);
        }
    }

    /** How urgent a case is, as a tag, the key of its words, and the number of days in them. */
    public record Urgency(String tag, String words, long days) {
        static Urgency of(Optional<Long> daysLeft, OwnTargets.Urgency urgency) {
            long days = daysLeft.orElse(0L);
            if (daysLeft.isEmpty()) {
                return new Urgency("", "queue_closed", 0);
            }
            if (days < 0) {
                return new Urgency("bad", "queue_days_over", -days);
            }
            String tag = urgency == OwnTargets.Urgency.RED ? "bad" : urgency == OwnTargets.Urgency.AMBER ? "warn" : "";
            return new Urgency(tag, "queue_days_left", days);
        }
    }

    public record Line(Queue.Item item, String company, Urgency urgency) {
        static Line of(Queue.Item item, Organisation organisation) {
            String company = organisation
                    .company(item.organisation())
                    .map(Organisation.Company::name)
                    .orElse(item.organisation());
            return new Line(item, company, Urgency.of(item.daysLeft(), item.urgency()));
        }

        public String url() {
            return "/cases/" + item.reference();
        }
    }

    static List<View> views(Queue.Counts counts, Asked asked, String officer) {
        return List.of(
                view("mine", counts.mine(), asked, "", officer, "", "", ""),
                view("for_me", counts.forMe(), asked, "", "", "", "", "me"),
                view("unassigned", counts.unassigned(), asked, "", QueueFilter.NOBODY, "", "", ""),
                view("week", counts.dueThisWeek(), asked, "", "", "", "6", ""),
                view("overdue", counts.overdue(), asked, "", "", "true", "", ""),
                view("for_others", counts.forOthers(), asked, "", "", "", "", "others"),
                view("open", counts.open(), asked, "", "", "", "", ""));
    }

    private static View view(
            String key,
            long count,
            Asked asked,
            String right,
            String assignee,
            String overdue,
            String within,
            String waiting) {
        Asked view = Asked.of("", right, ACTIVE, assignee, overdue, within, waiting, "", "");
        return new View(key, view.url(""), count, view.equals(asked.unsorted()));
    }

    /** Officers to choose from in a list. */
    public boolean isAssignable() {
        return !lines.isEmpty() && !officers.isEmpty();
    }

    public List<Right> getRights() {
        return List.of(Right.values());
    }

    public List<State> getStates() {
        return List.of(State.values());
    }

    public List<Sort> getSorts() {
        return List.of(Sort.values());
    }
}
