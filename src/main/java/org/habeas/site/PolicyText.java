package org.habeas.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.words.Words;

/** The organisation's privacy policy: {@code policy.LANGUAGE.md} beside its data map, in CommonMark without HTML. */
@ApplicationScoped
class PolicyText {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());

    private final Optional<Path> folder;
    private final Parser parser = Parser.builder().extensions(TABLES).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    PolicyText(@ConfigProperty(name = "habeas.data-map") Optional<Path> folder) {
        this.folder = folder;
    }

    /** The policy in this language, else in another one that it is there in. */
    Optional<String> html(String language) {
        return Stream.concat(Stream.of(language), Words.languages().stream())
                .flatMap(l -> file(l).stream())
                .findFirst()
                .map(file -> renderer.render(parser.parse(read(file))));
    }

    private Optional<Path> file(String language) {
        return Stream.of("policy." + language + ".md", "policy.md")
                .flatMap(name -> folder.map(f -> f.resolve(name)).stream())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
