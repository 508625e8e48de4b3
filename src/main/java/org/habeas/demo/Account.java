package org.habeas.demo;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.habeas.problem.StartFailure;

/**
 * Whom PostgreSQL's programs run as: it refuses root. An ordinary user runs them herself. Root runs them in a user
 * namespace, where they are nobody inside and may still read root's files, or else as the folder's owner or nobody, who
 * keeps one privilege: to pass through folders that only root may enter.
 */
record Account(List<String> prefix, long uid, long gid) {
    private static final long NOBODY = 65534;

    /** The account that can run these programs on this folder, which root hands over to it. */
    static Account of(Binaries binaries, Path folder) throws IOException {
        UnixSystem me = new UnixSystem();
        if (me.getUid() != 0) {
            return new Account(List.of(), me.getUid(), me.getGid());
        }
        for (Account candidate : candidates(folder)) {
            if (candidate.works(binaries)) {
                candidate.own(folder);
                return candidate;
            }
        }
        throw new StartFailure("PostgreSQL does not run as root, and neither unshare, setpriv nor sudo can run it as"
                + " somebody else here: start the portal as an ordinary user, or name a database in"
                + " QUARKUS_DATASOURCE_JDBC_URL");
    }

    private static List<Account> candidates(Path folder) throws IOException {
        List<Account> found = new ArrayList<>();
        long owner = number(folder, "unix:uid");
        if (owner != 0) {
            found.add(setpriv(owner, number(folder, "unix:gid")));
        }
        found.add(new Account(List.of("unshare", "--user"), 0, 0));
        found.add(setpriv(NOBODY, NOBODY));
        found.add(new Account(List.of("sudo", "-n", "-u", "nobody"), NOBODY, NOBODY));
        return found;
    }

    private static Account setpriv(long uid, long gid) {
        List<String> prefix = List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + gid,
                "--clear-groups",
                // else access(2) answers without regard to the privilege
                "--securebits=+no_setuid_fixup",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override");
        return new Account(prefix, uid, gid);
    }

    private boolean works(Binaries binaries) {
        try {
            // shows its settings and ends, once it has found the other programs
            Process process = new ProcessBuilder(
                            command(binaries.program("initdb"), "--show", "--pgdata=" + binaries.folder()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    /** Gives the folder and all in it to the account, where root runs the portal. */
    void own(Path folder) throws IOException {
        if (prefix.isEmpty() || number(folder, "unix:uid") == uid) {
            return;
        }
        List<Path> all;
        try (var paths = Files.walk(folder)) {
            all = paths.toList();
        }
        for (Path path : all) {
            Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static long number(Path path, String attribute) throws IOException {
        return ((Number) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS)).longValue();
    }
}
