package org.habeas.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.words.Words;

/** A run as a page and a certificate show it. */
public record RunView(
        UUID id,
        boolean dryRun,
        String state,
        LocalDate day,
        Instant openedAt,
        String openedBy,
        boolean bySchedule,
        Optional<Instant> finishedAt,
        long seconds,
        Optional<String> releasedBy,
        Optional<String> releasedSecondBy,
        boolean waits,
        boolean officer,
        boolean mayRelease,
        Optional<String> digest,
        List<Line> lines) {

    /** The figures of a collection; {@code tone} is how the mode's tag looks. */
    public record Line(
            String address,
            String rule,
            String citation,
            String mode,
            String kind,
            long due,
            long purged,
            long held,
            long failed,
            Optional<Long> before,
            Optional<Long> after,
            int batches,
            Optional<String> problem,
            List<Reason> reasons) {}

    public record Reason(String text, long rows) {}

    static RunView of(RetentionRun run, String account, boolean officer, Words words) {
        boolean waits = run.state == RunState.WAITING_FOR_APPROVAL;
        return new RunView(
                run.id,
                run.dryRun,
                run.state.code(),
                run.today,
                run.openedAt,
                run.openedBy,
                run.bySchedule,
                Optional.ofNullable(run.finishedAt),
                run.took().toSeconds(),
                Optional.ofNullable(run.releasedBy),
                Optional.ofNullable(run.releasedSecondBy),
                waits,
                officer,
                waits && officer && !account.equals(run.releasedBy),
                Optional.ofNullable(run.digest),
                run.collections.stream().map(c -> line(c, words)).toList());
    }

    private static Line line(RunCollection row, Words words) {
        return new Line(
                row.address(),
                row.rule,
                row.citation,
                row.mode.name().toLowerCase(java.util.Locale.ROOT),
                row.kind.name().toLowerCase(java.util.Locale.ROOT),
                row.due,
                row.purged,
                row.held,
                row.failed,
                Optional.ofNullable(row.rowsBefore),
                Optional.ofNullable(row.rowsAfter),
                row.batches,
                row.problem(words),
                row.kept.entrySet().stream()
                        .map(e -> new Reason(words.tell(e.getKey()), e.getValue()))
                        .toList());
    }

    public long due() {
        return lines.stream().mapToLong(Line::due).sum();
    }

    public long purged() {
        return lines.stream().mapToLong(Line::purged).sum();
    }

    public long held() {
        return lines.stream().mapToLong(Line::held).sum();
    }

    public long failed() {
        return lines.stream().mapToLong(Line::failed).sum();
    }

    public boolean running() {
        return finishedAt.isEmpty() && !waits;
    }
}
