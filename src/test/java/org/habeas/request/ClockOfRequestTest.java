package org.habeas.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.law.Deadline;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotPossible;
import org.junit.jupiter.api.Test;

/** The clock of one request: extension and pause (Article 12(3), law.md section 2). */
class ClockOfRequestTest {
    private static final Actor OFFICER = Actor.officer("officer");

    @Test
    void anExtensionIsToldInsideTheFirstMonthOnly() {
        RightsRequest request = received("2026-11-25");
        assertEquals(day("2026-12-28"), request.due(), "25 December is a holiday, 26 a holiday, 27 a Sunday");
        assertThrows(Invalid.class, () -> request.extend(OFFICER, 3, "many systems", day("2026-12-01")));
        assertThrows(NotPossible.class, () -> request.extend(OFFICER, 2, "late", day("2026-12-29")));
        assertFalse(request.extensible(day("2026-12-29")));
        assertTrue(request.extensible(day("2026-12-28")));
        request.extend(OFFICER, 2, "many systems", day("2026-12-28"));
        assertEquals(day("2027-02-25"), request.extendedTo().orElseThrow(), "counted from the receipt, not chained");
        assertEquals(day("2026-12-28"), request.due());
        assertThrows(NotPossible.class, () -> request.extend(OFFICER, 1, "again", day("2026-12-28")));
    }

    @Test
    void aClockSetBackMovesNoDeadline() {
        RightsRequest request = received("2026-02-27");
        request.pause(OFFICER, "Who is it?", day("2026-03-02"));
        request.resume(OFFICER, day("2026-01-15"));
        assertEquals(day("2026-03-27"), request.due(), "no day of the pause is counted against the organisation");
        assertTrue(request.extensible(day("2026-01-15")));
        request.extend(OFFICER, 2, "many systems", day("2026-01-15"));
        assertEquals(
                day("2026-05-27"),
                request.extendedTo().orElseThrow(),
                "it counts from the receipt, whatever day it is");
    }

    @Test
    void aPauseMovesADeadlineOverEaster() {
        RightsRequest request = received("2026-02-27");
        assertEquals(day("2026-03-27"), request.due());
        request.pause(OFFICER, "Who is it?", day("2026-03-02"));
        assertThrows(NotPossible.class, () -> request.pause(OFFICER, "again", day("2026-03-03")));
        request.resume(OFFICER, day("2026-03-08"));
        assertEquals(
                day("2026-04-07"),
                request.due(),
                "six days later is Maundy Thursday 2 April; the next working day is Tuesday after Easter Monday");
        assertThrows(NotPossible.class, () -> request.resume(OFFICER, day("2026-03-09")));
    }

    @Test
    void inTheUnitedKingdomTheClockStartsWhenItIsClearWhoAsks() {
        RightsRequest request = received("2026-02-27", "uk");
        assertEquals(day("2026-03-27"), request.due());
        request.verify(OFFICER, "in-person", Instant.parse("2026-03-10T12:00:00Z"));
        assertEquals(day("2026-04-10"), request.due());
        assertEquals(
                Deadline.Kind.STARTED_LATER,
                request.deadline(day("2026-03-10")).why().get(0).kind());
        RightsRequest norwegian = received("2026-02-27");
        norwegian.verify(OFFICER, "in-person", Instant.parse("2026-03-10T12:00:00Z"));
        assertEquals(day("2026-03-27"), norwegian.due());
    }

    @Test
    void somePeriodsNeverStandStill() {
        RightsRequest request = received("2026-02-27", "ccpa");
        assertThrows(NotPossible.class, () -> request.pause(OFFICER, "Who is it?", day("2026-03-02")));
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static RightsRequest received(String on) {
        return received(on, "gdpr-no");
    }

    private static RightsRequest received(String on, String regime) {
        return RightsRequest.received(
                new Receipt(
                        Right.ACCESS,
                        "nordlys",
                        regime,
                        Channel.POST,
                        "nb",
                        Instant.parse(on + "T08:00:00Z"),
                        day(on),
                        List.of(),
                        new Particulars(null, null, List.of())),
                UUID.randomUUID());
    }
}
