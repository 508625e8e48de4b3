package org.habeas.cli;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.habeas.law.Deadline;
import org.habeas.law.Regime;
import org.habeas.law.Regimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deadline}: when an answer is due, and why (GDPR Article 12(3)). */
@Command(
        name = "deadline",
        description = "Says by when a request must be answered, and how that day came about.",
        mixinStandardHelpOptions = true)
public final class DeadlineCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    @Parameters(paramLabel = "RECEIVED-DATE", description = "the day the request arrived, such as 2026-11-25")
    private String received;

    @Option(
            names = "--regime",
            defaultValue = "gdpr-no",
            description = "the law that counts (default: ${DEFAULT-VALUE})")
    private String regime;

    @Option(names = "--extended", description = "with the longest extension that the law allows")
    private boolean extended;

    @Option(
            names = "--paused",
            paramLabel = "DAYS",
            defaultValue = "0",
            description = "days for which the clock stood still (default: ${DEFAULT-VALUE})")
    private int pausedDays;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        LocalDate day;
        try {
            day = LocalDate.parse(received);
        } catch (DateTimeException e) {
            return refuse(received + " is not a date; allowed is a day such as 2026-11-25");
        }
        if (!Regimes.known(regime)) {
            return refuse("there is no regime " + regime + "; allowed is " + String.join(", ", Regimes.ids()));
        }
        if (pausedDays < 0 || pausedDays > 3650) {
            return refuse("--paused " + pausedDays + " is not possible; allowed is a number of days from 0 to 3650");
        }
        Regime law = Regimes.named(regime);
        if (extended && law.maxExtensionMonths() == 0) {
            return refuse("--extended is not possible: " + regime + " knows no extension");
        }
        if (extended && law.extensionOpen()) {
            return refuse(
                    "--extended is not possible: " + regime + " sets no longest time; the person is told the new date");
        }
        print(law, law.deadline(day, extended ? law.maxExtensionMonths() : 0, pausedDays));
        return 0;
    }

    private void print(Regime law, Deadline deadline) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(deadline.date());
        deadline.inEnglish().forEach(out::println);
        out.println(law.title() + ": " + law.citation());
        out.flush();
    }

    private int refuse(String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(why);
        err.flush();
        return BAD_INPUT;
    }
}
