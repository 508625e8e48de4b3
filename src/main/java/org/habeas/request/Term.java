package org.habeas.request;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.law.Deadline;
import org.habeas.law.Regime;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotPossible;
import org.jspecify.annotations.Nullable;

/**
 * The law's clock of one request (Article 12(3), Regulation 1182/71): the day of receipt, the last day to answer, an
 * extension, and the times in which it stood still. The regime is an argument; it is frozen on the request.
 */
@Embeddable
class Term {
    @Column(name = "received_on")
    private LocalDate receivedOn;

    /** The day from which the law counts, where that is not the day of receipt. */
    @Column(name = "counted_from")
    private @Nullable LocalDate countedFrom;

    private LocalDate due;

    @Column(name = "extended_to")
    private @Nullable LocalDate extendedTo;

    @Column(name = "extension_months")
    private int extensionMonths;

    @Column(name = "extension_reason")
    private @Nullable String extensionReason;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "pause", joinColumns = @JoinColumn(name = "request_id"))
    @OrderColumn(name = "position")
    private List<Pause> pauses = new ArrayList<>();

    protected Term() {}

    Term(LocalDate receivedOn, Regime law) {
        this.receivedOn = receivedOn;
        this.due = law.deadline(receivedOn, 0, 0).date();
    }

    /** Counts from this day on, and no longer from the receipt. */
    void start(Regime law, LocalDate day) {
        countedFrom = day;
        due = law.deadline(day, 0, pausedDays(day)).date();
        if (extendedTo != null) {
            extendedTo = deadline(law, day).date();
        }
    }

    /** Further months, once, and inside the first period only. */
    LocalDate extend(Regime law, int months, String reason, LocalDate today) {
        if (extendedTo != null) {
            throw new NotPossible("The request was extended already");
        }
        int most = law.maxExtensionMonths();
        if (most == 0) {
            throw new NotPossible("There is no extension under " + law.id());
        }
        if (months < 1 || months > most) {
            throw Invalid.field("months", "between 1 and " + most + " under " + law.id());
        }
        if (!law.extensionAllowed(start(), pausedDays(today), today)) {
            throw new NotPossible("An extension must be told inside the first period, which ended on " + due);
        }
        extensionMonths = months;
        extensionReason = reason;
        extendedTo = deadline(law, today).date();
        return extendedTo;
    }

    /** Stands still from today. */
    void pause(Regime law, String reason, String officer, LocalDate today) {
        if (currentPause().isPresent()) {
            throw new NotPossible("The clock stands still already");
        }
        if (law.pauses().isEmpty()) {
            throw new NotPossible("The clock never stands still under " + law.id());
        }
        pauses.add(new Pause(today, reason, officer));
    }

    /** Runs again; the dates move by the days between, and roll. */
    void resume(Regime law, LocalDate today) {
        Pause pause = currentPause().orElseThrow(() -> new NotPossible("The clock is running"));
        pause.to = today.isBefore(pause.from) ? pause.from : today;
        due = law.deadline(start(), 0, pausedDays(today)).date();
        if (extendedTo != null) {
            extendedTo = deadline(law, today).date();
        }
    }

    /** The last day with the reasons for it; a pause that still runs counts up to today. */
    Deadline deadline(Regime law, LocalDate today) {
        Deadline deadline = law.deadline(start(), extensionMonths, pausedDays(today));
        return countedFrom == null ? deadline : deadline.startedLater();
    }

    boolean extensible(Regime law, LocalDate today) {
        return extendedTo == null && law.extensionAllowed(start(), pausedDays(today), today);
    }

    LocalDate receivedOn() {
        return receivedOn;
    }

    LocalDate due() {
        return due;
    }

    Optional<LocalDate> extendedTo() {
        return Optional.ofNullable(extendedTo);
    }

    Optional<String> extensionReason() {
        return Optional.ofNullable(extensionReason);
    }

    List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    private LocalDate start() {
        return countedFrom == null ? receivedOn : countedFrom;
    }

    private Optional<Pause> currentPause() {
        return pauses.stream().filter(Pause::running).findFirst();
    }

    private long pausedDays(LocalDate today) {
        return pauses.stream()
                .filter(p -> !p.from().isBefore(start()))
                .mapToLong(p -> p.days(today))
                .sum();
    }
}
