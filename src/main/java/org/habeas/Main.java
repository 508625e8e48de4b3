package org.habeas;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.Callable;
import org.habeas.cli.CheckMap;
import org.habeas.cli.DeadlineCommand;
import org.habeas.cli.Discover;
import org.habeas.cli.Verify;
import org.habeas.problem.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The jar's command line: without a subcommand the portal itself, else a tool that does not boot it. */
@QuarkusMain
@Command(
        name = "habeas",
        mixinStandardHelpOptions = true,
        version = "Habeas 0.1.0",
        description = "A portal for data-subject rights. Without a command it starts the portal;"
                + " settings come from the environment.",
        subcommands = {Verify.class, DeadlineCommand.class, CheckMap.class, Discover.class})
public class Main implements Callable<Integer> {
    public static void main(String... args) {
        int code = new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .execute(args);
        if (code != 0 || LaunchMode.current() == LaunchMode.NORMAL) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        return Portal.run();
    }

    /** One line a mistake for what the caller can mend; anything else is a fault of the program and shows its trace. */
    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        if (failure instanceof StartFailure) {
            line.getErr().println(failure.getMessage());
        } else {
            failure.printStackTrace(line.getErr());
        }
        return 1;
    }
}
