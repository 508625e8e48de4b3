package org.habeas.law;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The law's tables in {@code src/main/resources/law}, as maps of text. */
final class LawData {
    private LawData() {}

    /** The entries under the one root key of a file. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> entries(String file, String root) {
        try (InputStream in = LawData.class.getResourceAsStream("/law/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the jar holds no law/" + file);
            }
            return ((Map<String, List<Map<String, Object>>>) yaml().load(in)).get(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The texts of a list that may be missing. */
    static List<String> texts(Map<String, Object> entry, String key) {
        return entry.get(key) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    /** Dates stay text: YAML would make instants of them. */
    private static Yaml yaml() {
        Resolver resolver = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
                addImplicitResolver(Tag.INT, INT, "-+0123456789");
                addImplicitResolver(Tag.MERGE, MERGE, "<");
            }
        };
        DumperOptions unused = new DumperOptions();
        LoaderOptions options = new LoaderOptions();
        return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, resolver);
    }
}
