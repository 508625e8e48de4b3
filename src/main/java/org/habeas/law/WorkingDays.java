package org.habeas.law;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;

/**
 * The working days of a region: every day but Saturdays, Sundays and public holidays (Regulation 1182/71 Article 3(4),
 * domstolloven section 149). A region is a Jollyday calendar ({@code no}, {@code gb-eng}), or {@code eea}.
 */
public final class WorkingDays {
    /** The only public holidays that all states of the European Economic Area have. */
    private static final Map<MonthDay, String> EVERYWHERE =
            Map.of(MonthDay.of(1, 1), "NEW_YEAR", MonthDay.of(12, 25), "CHRISTMAS");

    private static final String COMMON = "eea";

    private final String region;
    /** The public holidays of the years that were asked for: a calendar takes long to be read. */
    private final Map<Integer, Map<LocalDate, String>> holidays = new ConcurrentHashMap<>();

    private WorkingDays(String region) {
        this.region = region;
    }

    public static WorkingDays in(String region) {
        WorkingDays days = new WorkingDays(region);
        if (!region.equals(COMMON)
                && !HolidayManager.getSupportedCalendarCodes()
                        .contains(days.country().toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("no calendar of public holidays for the region " + region);
        }
        return days;
    }

    /** The country of the region ({@code gb}), or {@code eea}. */
    public String country() {
        return region.split("-")[0];
    }

    /** The name of the public holiday on that day as Jollyday keys it ({@code CHRISTMAS}); empty on any other day. */
    public Optional<String> holiday(LocalDate day) {
        if (region.equals(COMMON)) {
            return Optional.ofNullable(EVERYWHERE.get(MonthDay.from(day)));
        }
        return Optional.ofNullable(
                holidays.computeIfAbsent(day.getYear(), this::year).get(day));
    }

    private Map<LocalDate, String> year(int year) {
        String[] parts = region.split("-");
        Map<LocalDate, String> named = new HashMap<>();
        HolidayManager.getInstance(ManagerParameters.create(parts[0]))
                .getHolidays(
                        LocalDate.of(year, 1, 1),
                        LocalDate.of(year, 12, 31),
                        HolidayType.PUBLIC_HOLIDAY,
                        Arrays.copyOfRange(parts, 1, parts.length))
                .forEach(holiday -> named.merge(
                        holiday.getDate(),
                        holiday.getPropertiesKey(),
                        BinaryOperator.minBy(Comparator.naturalOrder())));
        return named;
    }

    public boolean isWorkingDay(LocalDate day) {
        return !isWeekend(day) && holiday(day).isEmpty();
    }

    /** The working day that comes that many working days after this day; the day itself is not counted. */
    public LocalDate after(LocalDate day, int workingDays) {
        LocalDate found = day;
        for (int left = workingDays; left > 0; ) {
            found = found.plusDays(1);
            if (isWorkingDay(found)) {
                left--;
            }
        }
        return found;
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
