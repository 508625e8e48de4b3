package org.habeas.datamap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.law.RetentionRule;

/**
 * Reads a folder into a data map (contract section 10): organisation.yml, systems.yml, retention.yml, and every other YAML
 * file with a root {@code dataset:}. The only place that reads these files. It never stops at the first mistake.
 */
public final class DataMapLoader {
    private static final Set<String> OWN = Set.of("organisation.yml", "systems.yml", "retention.yml");

    private final Function<String, Optional<String>> environment;

    /** {@code environment} answers for {@code ${NAME}} in any value. */
    public DataMapLoader(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** Variables come from the process: its environment, then its system properties. */
    public static DataMapLoader ofProcess() {
        return new DataMapLoader(name ->
                Optional.ofNullable(System.getenv(name)).or(() -> Optional.ofNullable(System.getProperty(name))));
    }

    /** The map as far as it could be read, which is all of it when {@link Loaded#ok()}. */
    public Loaded load(Path folder) {
        Findings findings = new Findings();
        List<Path> files = files(folder, findings);
        Optional<Part> organisationRoot = own("organisation.yml", folder, files, findings, true);
        Optional<OrganisationFile> organisationFile = organisationRoot.map(OrganisationFile::new);
        Organisation organisation =
                organisationFile.map(OrganisationFile::read).orElseGet(() -> new OrganisationFile(nothing()).read());
        List<String> companies =
                organisation.companies().stream().map(Organisation.Company::id).toList();
        RetentionFile retention = new RetentionFile(own("retention.yml", folder, files, findings, false), companies);
        Optional<Part> systemsRoot = own("systems.yml", folder, files, findings, true);
        List<SystemEntry> systems = systemsRoot
                .map(root -> new SystemsFile(
                                root, companies, organisationFile.flatMap(OrganisationFile::declaredRecipients))
                        .read())
                .orElse(List.of());
        MapNames names = new MapNames(
                organisationFile.map(f -> organisation.purposes().stream()
                        .map(Organisation.Purpose::key)
                        .collect(Collectors.toSet())),
                Optional.of(retention.rules().stream().map(RetentionRule::id).collect(Collectors.toSet())));
        DataMap map =
                new DataMap(organisation, List.copyOf(systems), datasets(files, findings, names), retention.rules());
        new WholeMapCheck(map, findings).run(systemsRoot.isPresent());
        return new Loaded(map, findings.sorted());
    }

    private List<Path> files(Path folder, Findings findings) {
        if (!Files.isDirectory(folder)) {
            findings.error(new Position(folder.toString(), 1), "is no folder");
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> name(f).endsWith(".yml") || name(f).endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            findings.error(
                    new Position(folder.toString(), 1),
                    "cannot be read (" + e.getClass().getSimpleName() + ")");
            return List.of();
        }
    }

    private Optional<Part> own(String name, Path folder, List<Path> files, Findings findings, boolean required) {
        Optional<Path> file = files.stream().filter(f -> name(f).equals(name)).findFirst();
        if (file.isEmpty() && Files.isDirectory(folder)) {
            Position at = new Position(name, 1);
            if (required) {
                findings.error(at, "is missing");
            } else {
                findings.note(at, "is not there: only the rules that ship are known");
            }
        }
        return file.flatMap(f -> new MapFile(name, findings, environment).read(f));
    }

    private List<Dataset> datasets(List<Path> files, Findings findings, MapNames names) {
        List<DatasetFile> read = new ArrayList<>();
        for (Path file : files) {
            if (OWN.contains(name(file))) {
                continue;
            }
            new MapFile(name(file), findings, environment).read(file).ifPresent(root -> {
                if (root.get("dataset").missing()) {
                    root.warning("has no root dataset: the file is ignored");
                } else {
                    read.add(new DatasetFile(root));
                }
            });
        }
        read.forEach(f -> f.announce(names));
        return read.stream().flatMap(f -> f.read(names).stream()).toList();
    }

    /** Stands for a file that could not be read, so that its defaults are there and nobody hears of them. */
    private Part nothing() {
        MapFile file = new MapFile("", new Findings(), environment);
        return new Part(file, null, file.line(1), "");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
