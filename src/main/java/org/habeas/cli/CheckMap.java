package org.habeas.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Finding.Severity;
import org.habeas.datamap.Loaded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
        out.flush();
        return loaded.ok() ? 0 : 1;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
