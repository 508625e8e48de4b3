package org.habeas.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.datamap.FieldAddress;
import org.habeas.datamap.FieldReference;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.Mask;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;

/** Collections of a map, written in a test as they would be in a file. */
public final class Mapped {
    private final String system;
    private final String name;
    private final List<MappedField> fields = new ArrayList<>();
    private MappedCollection.OnErasure onErasure = new MappedCollection.OnErasure.Delete();
    private Optional<MappedCollection.Retention> retention = Optional.empty();
    private List<String> whileRetained = List.of();

    private Mapped(String system, String name) {
        this.system = system;
        this.name = name;
    }

    public static Mapped collection(String system, String name) {
        return new Mapped(system, name);
    }

    public static SystemEntry system(String name, String url) {
        return new SystemEntry(
                name,
                name,
                SystemEntry.Kind.JDBC,
                Optional.of(url),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Values.JSON.createObjectNode(),
                Position.NONE);
    }

    /** A field with everything; the others are short for it. */
    public Mapped field(
            String field,
            boolean key,
            String identity,
            List<String> categories,
            List<FieldReference> references,
            Mask mask,
            boolean exact,
            boolean correctable) {
        fields.add(new MappedField(
                field,
                categories,
                key,
                Optional.ofNullable(identity),
                references,
                Optional.empty(),
                OptionalInt.empty(),
                false,
                exact,
                Optional.ofNullable(mask),
                correctable,
                Position.NONE));
        return this;
    }

    public Mapped key(String field) {
        return field(field, true, null, List.of(), List.of(), null, false, true);
    }

    public Mapped plain(String... names) {
        for (String field : names) {
            field(field, false, null, List.of(), List.of(), null, false, true);
        }
        return this;
    }

    public Mapped personal(String field, String category) {
        return field(field, false, null, List.of(category), List.of(), null, false, true);
    }

    public Mapped masked(String field, Mask mask) {
        return field(field, false, null, List.of("user.behavior"), List.of(), mask, false, true);
    }

    public Mapped identity(String field, String kind) {
        return field(field, false, kind, List.of("user.unique_id"), List.of(), null, false, true);
    }

    public Mapped exact(String field, String kind) {
        return field(field, false, kind, List.of("user.unique_id"), List.of(), null, true, true);
    }

    public Mapped points(String field, String system, String target, FieldReference.Direction direction) {
        int dot = target.lastIndexOf('.');
        FieldAddress other = new FieldAddress(system, target.substring(0, dot), target.substring(dot + 1));
        return field(field, false, null, List.of(), List.of(new FieldReference(other, direction)), null, false, true);
    }

    public Mapped onErasure(MappedCollection.OnErasure what) {
        onErasure = what;
        return this;
    }

    public Mapped retained(String rule, String from, String... blanked) {
        retention = Optional.of(new MappedCollection.Retention(rule, from));
        whileRetained = List.of(blanked);
        return this;
    }

    public MappedCollection done() {
        return new MappedCollection(
                system,
                name,
                List.copyOf(fields),
                Optional.empty(),
                onErasure,
                retention,
                whileRetained,
                List.of(),
                false,
                Position.NONE);
    }
}
