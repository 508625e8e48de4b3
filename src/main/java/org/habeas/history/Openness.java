package org.habeas.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.habeas.datamap.DataMap;
import org.habeas.law.Right;
import org.habeas.problem.NotFound;

/** What everybody may know: a year's requests by right and outcome, without the small figures that could tell of somebody. */
@ApplicationScoped
class Openness {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int FIRST = 2018;
    /** From so many answers on a share says little about a single one. */
    private static final long ENOUGH_FOR_A_SHARE = 4 * Suppressed.LEAST;

    /** What became of the requests, in the order of the columns. */
    enum Fate {
        FULFILLED("fulfilled"),
        PARTLY("partly-fulfilled"),
        REFUSED("refused"),
        OTHERWISE("withdrawn", "abandoned", "duplicate"),
        OPEN();

        private final List<String> outcomes;

        Fate(String... outcomes) {
            this.outcomes = List.of(outcomes);
        }

        static Fate of(Optional<String> outcome) {
            return Stream.of(values())
                    .filter(fate -> outcome.filter(fate.outcomes::contains).isPresent())
                    .findFirst()
                    .orElse(OPEN);
        }

        String key() {
            return "openness_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** A right's line, or the last one of all rights; {@code atLeast} says that the share on time may be higher. */
    record Line(
            Optional<String> right,
            List<Optional<Long>> counts,
            Optional<BigDecimal> medianDays,
            Optional<Long> onTimePercent,
            boolean atLeast) {}

    /** A year as it may be published. */
    record Published(int year, List<Line> lines) {
        List<Line> rights() {
            return lines.subList(0, lines.size() - 1);
        }
    }

    private record Kept(Published published, Instant until) {}

    private final Statistics statistics;
    private final ZoneId zone;
    private final Clock clock;
    /** Anybody may ask, as often as she likes: the database is asked once in a while. */
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

    Openness(Statistics statistics, DataMap map, Clock clock) {
        this.statistics = statistics;
        this.zone = map.organisation().zone();
        this.clock = clock;
    }

    int present() {
        return clock.instant().atZone(zone).getYear();
    }

    /** The years that can be asked for, the present one first. */
    List<Integer> years() {
        return Stream.iterate(present(), year -> year - 1).limit(3).toList();
    }

    /** A year's figures; {@link NotFound} for one that has not come, or was before the law. */
    Published of(int year) {
        if (year < FIRST || year > present()) {
            throw new NotFound("");
        }
        Instant now = clock.instant();
        return kept.compute(
                        year,
                        (y, old) -> old != null && now.isBefore(old.until()) ? old : new Kept(count(y), now.plus(KEPT)))
                .published();
    }

    private Published count(int year) {
        Period.Condition wanted = new Period.Condition(
                "r.received_on between ? and ? and r.verified_at is not null",
                List.of(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)));
        Statistics.Figures figures = statistics.of(wanted);
        List<String> rights = Arrays.stream(Right.values()).map(Right::code).toList();
        long[][] counts = new long[rights.size()][Fate.values().length];
        figures.both()
                .forEach(line -> counts[rights.indexOf(line.right().orElseThrow())][
                                Fate.of(line.outcome()).ordinal()] +=
                        line.received());
        Suppressed table = new Suppressed(counts, Fate.values().length);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < rights.size(); i++) {
            String right = rights.get(i);
            lines.add(line(
                    Optional.of(right),
                    table.rows().get(i),
                    figures.rights().stream()
                            .filter(l -> l.right().filter(right::equals).isPresent())
                            .findFirst()));
        }
        lines.add(line(Optional.empty(), table.rows().get(rights.size()), Optional.of(figures.total())));
        return new Published(year, lines);
    }

    /** A median of a few would tell of one of them; of a share, few late ones only say that they were few. */
    private static Line line(Optional<String> right, List<Optional<Long>> counts, Optional<Statistics.Line> all) {
        Optional<Statistics.Line> answered = all.filter(l -> l.answered() >= ENOUGH_FOR_A_SHARE);
        boolean few = answered.filter(l ->
                        l.late() > 0 && l.late() < Suppressed.LEAST || l.onTime() > 0 && l.onTime() < Suppressed.LEAST)
                .isPresent();
        return new Line(
                right,
                counts,
                all.filter(l -> l.answered() >= Suppressed.LEAST)
                        .flatMap(Statistics.Line::days)
                        .map(Statistics.AnswerTimes::median),
                answered.map(l -> few ? least(l) : l.onTime() * 100 / l.answered()),
                few);
    }

    private static long least(Statistics.Line line) {
        return line.late() < Suppressed.LEAST ? (line.answered() - Suppressed.LEAST + 1) * 100 / line.answered() : 0;
    }
}
