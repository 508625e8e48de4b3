package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.words.Words;
import org.habeas.work.Timers;

/** Gathers what the retention page shows. */
@ApplicationScoped
class Overview {
    private static final int RUNS = 10;
    private static final int MONTHS_SOON = 3;

    private final DataMap map;
    private final Runs runs;
    private final Outlook outlook;
    private final Holds holds;
    private final Timetable timetable;
    private final Timers timers;

    Overview(DataMap map, Runs runs, Outlook outlook, Holds holds, Timetable timetable, Timers timers) {
        this.map = map;
        this.runs = runs;
        this.outlook = outlook;
        this.holds = holds;
        this.timetable = timetable;
        this.timers = timers;
    }

    RetentionView of(boolean administrator, Words words) {
        LocalDate today = timetable.today();
        YearMonth now = YearMonth.from(today);
        Map<CollectionKey, Outlook.Coming> coming =
                outlook.latest().stream().collect(Collectors.toMap(Outlook.Coming::collection, Function.identity()));
        SortedMap<YearMonth, Long> months = new TreeMap<>();
        for (int i = 0; i < Outlook.MONTHS; i++) {
            months.put(now.plusMonths(i), 0L);
        }
        coming.values().forEach(c -> c.rows()
                .forEach((month, rows) ->
                        months.computeIfPresent(month.isBefore(now) ? now : month, (m, sum) -> sum + rows)));
        List<RetentionRun> latest = runs.latest(RUNS);
        return new RetentionView(
                administrator,
                runs.purgedSince(today.withDayOfYear(1)),
                months.entrySet().stream()
                        .filter(m -> !m.getKey().isAfter(now.plusMonths(MONTHS_SOON)))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                held(),
                holds.standing().size(),
                months.getOrDefault(now, 0L),
                bars(months, words),
                rules(coming, now),
                runs.unfinished().stream()
                        .filter(r -> r.state == RunState.WAITING_FOR_APPROVAL)
                        .map(r -> RunView.of(r, "", false, words))
                        .toList(),
                latest.stream().map(r -> RunView.of(r, "", false, words)).toList(),
                nextLook(),
                coming.values().stream().map(Outlook.Coming::countedAt).min(Instant::compareTo));
    }

    /** Rows that the last run of each collection left because of holds. */
    private long held() {
        return Ruled.of(map).stream()
                .flatMap(r -> runs.last(r.key()).stream())
                .mapToLong(c -> c.held)
                .sum();
    }

    private static List<RetentionView.Bar> bars(SortedMap<YearMonth, Long> months, Words words) {
        long most = Math.max(
                1, months.values().stream().mapToLong(Long::longValue).max().orElse(1));
        DateTimeFormatter label = DateTimeFormatter.ofPattern("LLL", words.locale());
        List<RetentionView.Bar> bars = new ArrayList<>();
        for (var month : months.entrySet()) {
            int height = (int) Math.ceil((double) month.getValue() * RetentionView.TALLEST / most);
            bars.add(new RetentionView.Bar(
                    month.getKey(),
                    label.format(month.getKey()).replace(".", ""),
                    month.getValue(),
                    40 + 57 * bars.size(),
                    height));
        }
        return bars;
    }

    private List<RetentionView.RuleLine> rules(Map<CollectionKey, Outlook.Coming> coming, YearMonth now) {
        return Ruled.of(map).stream()
                .map(r -> {
                    SortedMap<YearMonth, Long> rows = Optional.ofNullable(coming.get(r.key()))
                            .map(Outlook.Coming::rows)
                            .orElse(new TreeMap<>());
                    Optional<YearMonth> next = rows.entrySet().stream()
                            .filter(e -> e.getValue() > 0 && e.getKey().isAfter(now))
                            .map(Map.Entry::getKey)
                            .findFirst();
                    return new RetentionView.RuleLine(
                            r.rule().title(),
                            r.rule().citation(),
                            r.collection().address(),
                            next,
                            next.map(rows::get).orElse(0L),
                            rows.getOrDefault(now, 0L),
                            r.rule().mode().name().toLowerCase(Locale.ROOT));
                })
                .toList();
    }

    private Optional<Instant> nextLook() {
        return timers.next(Schedule.LOOK);
    }
}
