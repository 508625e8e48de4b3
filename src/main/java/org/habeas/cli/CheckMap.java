package org.habeas.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Finding;
import org.habeas.datamap.Finding.Severity;
import org.habeas.datamap.Loaded;
import org.habeas.policy.Gaps;
import org.habeas.policy.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check-map}: everything that is wrong with a data map, at once, by file and line (docs/data-map.md). */
@Command(
        name = "check-map",
        description = "Checks a data map: every finding as file:line: message; exit 1 if any is an error.",
        mixinStandardHelpOptions = true)
public final class CheckMap implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "the folder with organisation.yml, systems.yml and the datasets")
    private Path folder;

    @Option(
            names = "--policy",
            description = "also tells where the map and the policy beside it (policy.LANGUAGE.md) do not agree.")
    private boolean policy;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Loaded loaded = DataMapLoader.ofProcess().load(folder);
        PrintWriter out = spec.commandLine().getOut();
        loaded.findings().forEach(out::println);
        out.println(count(loaded.count(Severity.ERROR), "error") + ", "
                + count(loaded.count(Severity.WARNING), "warning") + ", " + count(loaded.count(Severity.NOTE), "note")
                + ": " + count(loaded.map().systems().size(), "system") + ", "
                + count(loaded.map().collections().size(), "collection"));
        boolean kept = !policy || gaps(loaded, out);
        out.flush();
        return loaded.ok() && kept ? 0 : 1;
    }

    /** Whether the policy covers all that the map holds, and everything that it promises is kept by a rule. */
    private boolean gaps(Loaded loaded, PrintWriter out) {
        try {
            Optional<PolicyFile> file =
                    PolicyFile.promising(folder, loaded.map().organisation().languages());
            if (file.isEmpty()) {
                out.println("policy.md:1: error: no policy beside the map says what it promises (purposes, recipients,"
                        + " kept, between two lines of three dashes at its head)");
                return false;
            }
            List<Finding> gaps =
                    Gaps.between(loaded.map(), file.get().promises().orElseThrow());
            gaps.forEach(out::println);
            out.println(count(gaps.stream().filter(Finding::isError).count(), "gap") + " between the map and "
                    + file.get().path().getFileName());
            return gaps.stream().noneMatch(Finding::isError);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return false;
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
