package org.habeas.request;

import java.time.Period;
import java.util.List;
import org.habeas.law.Deadline;
import org.habeas.words.Words;

/** How a date came about, in sentences (Article 12(3); Regulation 1182/71 Article 3). */
public final class Reasons {
    private Reasons() {}

    public static List<String> of(Deadline deadline, Words words) {
        return deadline.why().stream().map(step -> sentence(step, words)).toList();
    }

    private static String sentence(Deadline.Reason step, Words words) {
        String kind = step.kind().name().toLowerCase(java.util.Locale.ROOT);
        return words.say("deadline_" + kind, step.from(), step.to(), amount(step.amount(), words));
    }

    private static String amount(Period amount, Words words) {
        return amount.toTotalMonths() > 0
                ? words.say("period_months", amount.toTotalMonths())
                : words.say("period_days", amount.getDays());
    }
}
