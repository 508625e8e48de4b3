package org.habeas.connector;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;

/**
 * One system that holds data. Safe for use by several threads. Every method may throw {@link SystemFailure}, whose text
 * holds no personal data. A new kind of system is one class that implements this, with a nested {@link Factory} bean.
 *
 * <p>Values are what JSON can hold: {@code null}, {@link Boolean}, {@link Long}, {@link java.math.BigDecimal}, {@link
 * String}, {@link List}, {@link java.util.Map}; times are ISO 8601, binary is Base64. A value that does not fit a field's
 * type matches nothing; it never fails a look-up and never widens one.
 */
public interface Connector extends AutoCloseable {
    /** Makes connectors of one kind; a bean, so that the registry finds it. */
    interface Factory {
        SystemEntry.Kind kind();

        /** Opens without touching the system: that waits until the first call. */
        Connector open(SystemEntry system, Dataset dataset);
    }

    /** Whether a person answers for the system: then nothing here but {@link #catalogue} is called. */
    default boolean byHand() {
        return false;
    }

    /** Returns if the system can be reached and lets us in. */
    void check();

    /** What the system really has, read anew; a system that cannot tell says what the map says. */
    Catalogue catalogue();

    /** The same, but it may be a minute old: for searching. */
    default Catalogue recentCatalogue() {
        return catalogue();
    }

    /** Asks several questions one after the other, as one where that is cheaper; what fails ends all of them. */
    default void together(Runnable questions) {
        questions.run();
    }

    /**
     * Hands every row that the look-up matches to {@code rows}, as it arrives, until that returns false. The same row may
     * come twice where two keys match it.
     */
    void find(Lookup lookup, Predicate<Row> rows);

    /** Hands over every row of the collection until {@code rows} returns false; a system that cannot hands over none. */
    default void each(MappedCollection collection, Predicate<Row> rows) {}

    /** How many rows match each key of the look-up, in its order; counting a key may stop at {@code most}. */
    List<Long> count(Lookup lookup, long most);

    /**
     * Hands over the rows of the foreign key's own table whose pointer is one of these keys (in the order of its columns),
     * also where the map does not know that table; their values are the pointer's columns.
     */
    default void pointing(Catalogue.ForeignKey foreignKey, List<Key> keys, Predicate<Row> rows) {}

    /** What the system would refuse or do beyond what is asked, said while planning. Changes nothing. */
    default List<Objection> objections(Batch batch) {
        return List.of();
    }

    /**
     * Tries all batches, in order, as one transaction that is then undone; only where that leaves no trace. Says what
     * the planner cannot see from outside, such as what triggers do.
     */
    default List<Objection> rehearse(List<Batch> batches) {
        return List.of();
    }

    /**
     * Does the whole batch or nothing. Every row is compared with what was seen before; one that already is as wanted
     * counts as done, so that the same batch may be sent again after a crash.
     */
    Outcome apply(Batch batch);

    /**
     * Does several batches as one transaction: rows that point at each other in a circle. Asked only where the catalogue
     * names deferrable foreign keys. One outcome a batch, or one {@link Outcome.Moved} alone.
     */
    default List<Outcome> applyTogether(List<Batch> batches) {
        return batches.stream().map(this::apply).toList();
    }

    /** Hands over the rows that are due, until {@code rows} returns false; {@link #apply} may be called meanwhile. */
    void due(Due due, Predicate<Row> rows);

    /**
     * Deletes the rows of all steps, in order, as one transaction where the system has such; or none, as a {@link
     * SystemFailure} of kind {@code REFUSED}, where it does not allow it. Says how many rows of each step went.
     */
    default List<Integer> purge(List<Purge> steps) {
        return steps.stream().map(step -> Purge.seen(this, step)).toList();
    }

    /**
     * Purges all that is due, so many rows, without looking at them, where the system can do that so that a crash leaves no
     * doubt, and is quicker so.
     */
    default Optional<BulkPurge> purgeAll(Due due, long rows) {
        return Optional.empty();
    }

    /** Whether the piece with this receipt of {@link #purgeAll} was committed. */
    default boolean purged(String receipt) {
        return false;
    }

    /** How many rows are due. */
    long count(Due due);

    @Override
    void close();
}
