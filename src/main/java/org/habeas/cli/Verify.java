package org.habeas.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.habeas.audit.BundleVerifier;
import org.habeas.audit.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: checks an exported history without database, network or the portal (docs/history-format.md). */
@Command(
        name = "verify",
        description = "Checks an exported history: exit 0 where it is what was signed, 1 where it is not.",
        mixinStandardHelpOptions = true)
public final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE.zip", description = "what GET /api/v1/audit/bundle gave")
    private Path bundle;

    @Option(
            names = "--since",
            paramLabel = "CHECKPOINT-FILE",
            description = "an earlier checkpoint: proves that nothing before it was changed")
    private Path since;

    @Option(
            names = "--key",
            paramLabel = "KEY-FILE",
            description = "the public key that you kept: nobody else's signature counts")
    private Path key;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Verdict verdict = BundleVerifier.verify(bundle, Optional.ofNullable(since), Optional.ofNullable(key));
        PrintWriter out = spec.commandLine().getOut();
        out.println((verdict.sound() ? "OK: " : "WRONG: ") + verdict.line());
        out.flush();
        return verdict.sound() ? 0 : 1;
    }
}
