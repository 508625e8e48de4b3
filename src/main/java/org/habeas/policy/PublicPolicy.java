package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.problem.Invalid;
import org.habeas.words.Words;

/** What anybody can read of the policy: the version in force, those before and after it, what changed between two. */
@ApplicationScoped
class PublicPolicy {
    private final Policies policies;
    private final Markdown markdown;
    private final Optional<Path> folder;

    PublicPolicy(
            Policies policies, Markdown markdown, @ConfigProperty(name = "habeas.data-map") Optional<Path> folder) {
        this.policies = policies;
        this.markdown = markdown;
        this.folder = folder;
    }

    /** A version to be read; {@code language} is that of the text, which may not be there in the reader's own. */
    public record Shown(PolicyVersion version, String language, String html, boolean inForce, boolean ahead) {}

    /** One line of the list of versions. */
    public record Line(PolicyVersion version, boolean inForce, boolean ahead, Optional<Integer> before) {}

    /** Two versions and what changed from the one to the other. */
    public record Compared(
            PolicyVersion from,
            PolicyVersion to,
            String language,
            List<Line> versions,
            List<Difference.Paragraph> paragraphs) {}

    @Transactional
    Optional<Shown> inForce(String language) {
        return policies.inForce().map(version -> shown(version, language));
    }

    Shown numbered(int number, String language) {
        return shown(policies.numbered(number), language);
    }

    private Shown shown(PolicyVersion version, String language) {
        String there = version.languageFor(language);
        return new Shown(
                version, there, markdown.html(version.text(language).markdown()), isInForce(version), ahead(version));
    }

    /** The policy as it lies beside the data map, for an organisation that has published none here yet. */
    Optional<String> beside(String language) {
        return besideFile(language).map(file -> markdown.html(file.markdown()));
    }

    Optional<PolicyFile> besideFile(String language) {
        return Stream.concat(Stream.of(language), Words.languages().stream())
                .flatMap(l -> folder.flatMap(f -> PolicyFile.in(f, l)).stream())
                .findFirst();
    }

    /** All versions, the newest first. */
    List<Line> versions() {
        List<Line> lines = new ArrayList<>();
        Optional<Integer> before = Optional.empty();
        for (PolicyVersion version : policies.published()) {
            lines.add(new Line(version, isInForce(version), ahead(version), before));
            before = version.number();
        }
        Collections.reverse(lines);
        return lines;
    }

    /** What is to come: published and not valid yet. */
    Optional<PolicyVersion> next() {
        return policies.published().stream().filter(this::ahead).findFirst();
    }

    Compared compare(String from, String to, String language) {
        PolicyVersion older = policies.numbered(number("from", from));
        PolicyVersion newer = policies.numbered(number("to", to));
        String common = older.texts().containsKey(language) ? newer.languageFor(language) : older.languageFor(language);
        return new Compared(
                older,
                newer,
                common,
                versions(),
                Difference.between(
                        markdown.blocks(older.text(common).markdown()),
                        markdown.blocks(newer.text(common).markdown())));
    }

    private static int number(String field, String typed) {
        if (typed == null || !typed.matches("\\d{1,6}")) {
            throw Invalid.field(field, "policy_number");
        }
        return Integer.parseInt(typed);
    }

    private boolean isInForce(PolicyVersion version) {
        return policies.inForce().filter(v -> v.id().equals(version.id())).isPresent();
    }

    private boolean ahead(PolicyVersion version) {
        return version.validFrom().isAfter(policies.today());
    }
}
