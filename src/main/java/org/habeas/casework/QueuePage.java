package org.habeas.casework;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
public record QueuePage(Asked asked, List<View> views, List<Line> lines, @Nullable String next) {
    /** What the address asks for; every part may be empty. */
    public record Asked(String q, String right, String state, String assignee, String overdue, String sort) {
        static Asked of(String q, String right, String state, String assignee, String overdue, String sort) {
            return new Asked(text(q), text(right), text(state), text(assignee), text(overdue), text(sort));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value.strip();
        }

        /** An address that asks for this, from that place in the list on. */
        String url(String after) {
            Map<String, String> parts = new LinkedHashMap<>();
            parts.put("q", q);
            parts.put("right", right);
            parts.put("state", state);
            parts.put("assignee", assignee);
            parts.put("overdue", overdue);
            parts.put("sort", sort);
            parts.put("after", after);
            return parts.entrySet().stream()
                    .filter(part -> !part.getValue().isEmpty())
                    .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&", "/cases?", ""));
        }
    }

    /** One of the usual looks at the queue, an address like any other. */
    public record View(String key, String url, long count, boolean current) {}

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
        String waiting = State.WAITING.code();
        return List.of(
                view("mine", "/cases?assignee=" + officer + "&state=active", counts.mine(), asked),
                view("unassigned", "/cases?state=active&assignee=" + QueueFilter.NOBODY, counts.unassigned(), asked),
                view("overdue", "/cases?state=active&overdue=true", counts.overdue(), asked),
                view("waiting", "/cases?state=" + waiting, counts.waiting(), asked),
                view("open", "/cases?state=active", counts.open(), asked));
    }

    private static View view(String key, String url, long count, Asked asked) {
        String mine = asked.assignee() + "/" + asked.state() + "/" + asked.overdue();
        return new View(key, url, count, asked.q().isEmpty() && asked.right().isEmpty() && mine.equals(signature(url)));
    }

    private static String signature(String url) {
        return part(url, "assignee") + "/" + part(url, "state") + "/" + part(url, "overdue");
    }

    private static String part(String url, String name) {
        return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&"))
                .filter(p -> p.startsWith(name + "="))
                .map(p -> p.substring(name.length() + 1))
                .findFirst()
                .orElse("");
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
