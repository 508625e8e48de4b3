package org.habeas.policy;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.StaffAddresses;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.limit.Rate;

/**
 * The portal's own privacy notice (Article 13): what it keeps of those who use it, why and how long, each line out of the
 * rule that is really set.
 */
@Singleton
public class OwnNotice {
    /** How long a mail that belongs to no case stays readable, in days. */
    private static final int MAIL = 30;

    private final Organisation organisation;
    private final Duration coolingOff;
    private final Rate perClient;
    private final boolean signInElsewhere;

    OwnNotice(
            DataMap map,
            @ConfigProperty(name = "habeas.cooling-off") Duration coolingOff,
            @ConfigProperty(name = "habeas.limit-per-client") Rate perClient,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean signInElsewhere) {
        this.organisation = map.organisation();
        this.coolingOff = coolingOff;
        this.perClient = perClient;
        this.signInElsewhere = signInElsewhere;
    }

    /** What is kept, why, on which legal basis, and how long: keys of the words, and how long as a number with its unit. */
    public record Line(String what, long count, String unit) {
        /** The key of how long. */
        public String words() {
            return "privacy_kept_" + unit;
        }
    }

    public Organisation getOrganisation() {
        return organisation;
    }

    public List<Line> getLines() {
        Organisation.OwnRecords own = organisation.ownRecords();
        return List.of(
                days("unverified", own.unverified()),
                days("findings", own.findings()),
                period("evidence", own.evidence()),
                period("messages", own.messages()),
                days("packages", own.packages()),
                period("cases", own.cases()),
                new Line("promise", 0, "promise"),
                new Line("mail", MAIL, "days"),
                period("notices", own.notices()),
                new Line("choices", 0, "choice"),
                period("holds", own.cases()),
                period("disclosures", own.disclosures()),
                period("security", own.security()),
                new Line("limits", hours(perClient.per()), "hours"),
                new Line("session", 30, "minutes"),
                new Line("erased", 0, "back"),
                new Line("history", 0, "history"),
                period("staff", own.staff()),
                days("reminders", StaffAddresses.GONE_AFTER));
    }

    /** How long one can still take an erasure back, in hours. */
    public long getCoolingOff() {
        return hours(coolingOff);
    }

    /** Whether staff sign in with somebody else, who then knows of that. */
    public boolean isSignInElsewhere() {
        return signInElsewhere;
    }

    private static Line days(String what, Duration duration) {
        return new Line(what, duration.toDays(), "days");
    }

    private static Line period(String what, Period period) {
        boolean years = period.toTotalMonths() % 12 == 0 && period.getDays() == 0 && !period.isZero();
        return years
                ? new Line(what, period.toTotalMonths() / 12, "years")
                : new Line(what, period.toTotalMonths() * 30 + period.getDays(), "days");
    }

    private static long hours(Duration duration) {
        return duration.isZero() ? 0 : Math.max(1, duration.toHours());
    }
}
