package org.habeas.retention;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.CollectionKey;
import org.habeas.law.RetentionRule;
import org.habeas.words.Words;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a run has to do with one collection under one rule, and the figures of it. */
@Entity
@Table(name = "retention_run_collection")
class RunCollection {
    /** Rows past their rule's time, rows that an erasure had to keep, or rows that go with those they point at. */
    enum Kind {
        SWEEP,
        OBLIGATION,
        PART
    }

    @Embeddable
    record Place(@Column(name = "run_id") UUID run, int position) implements Serializable {}

    @EmbeddedId
    Place place;

    String system;
    String collection;
    String rule;
    String citation;

    @Enumerated(EnumType.STRING)
    RetentionRule.Mode mode;

    @Enumerated(EnumType.STRING)
    Kind kind;

    @Column(name = "due_before")
    @Nullable
    LocalDate dueBefore;

    /** Whether this run may purge here; else it only counts. */
    boolean purges;

    boolean done;
    long due;
    long purged;
    long held;
    long failed;

    @Column(name = "rows_before")
    @Nullable
    Long rowsBefore;

    @Column(name = "rows_after")
    @Nullable
    Long rowsAfter;

    int batches;

    @Column(name = "pending_sealed")
    byte @Nullable [] pendingSealed;

    @Column(name = "pending_receipt")
    @Nullable
    String pendingReceipt;

    @Column(name = "pending_rows")
    @Nullable
    Long pendingRows;

    @Nullable
    String problem;

    /** Why due rows were not purged: reason, as a key of words, and how many. */
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Long> kept = new TreeMap<>();

    protected RunCollection() {}

    RunCollection(UUID run, int position, Kind kind, String system, String collection, RetentionRule rule) {
        this.place = new Place(run, position);
        this.kind = kind;
        this.system = system;
        this.collection = collection;
        this.rule = rule.id();
        this.citation = rule.citation();
        this.mode = rule.mode();
        this.done = kind == Kind.PART;
    }

    /** Rows that go with those of {@code with}: counted, but not swept for themselves. */
    static RunCollection part(RunCollection with, int position, CollectionKey key) {
        RunCollection part = new RunCollection();
        part.place = new Place(with.place.run(), position);
        part.kind = Kind.PART;
        part.system = key.dataset();
        part.collection = key.name();
        part.rule = with.rule;
        part.citation = with.citation;
        part.mode = with.mode;
        part.done = true;
        return part;
    }

    /** So many rows went with others. Of parts nobody knows how many there are before they are found. */
    void purged(long rows) {
        purged += rows;
        due += kind == Kind.PART ? rows : 0;
    }

    String address() {
        return system + "." + collection;
    }

    CollectionKey key() {
        return new CollectionKey(system, collection);
    }

    /** What is in one unfinished run at a time. */
    String taken() {
        return kind + " " + address() + (kind == Kind.OBLIGATION ? " " + rule : "");
    }

    /** A walk over what is due begins, or begins anew: what was purged stays purged. */
    void begin(long dueNow) {
        due = Math.max(due, dueNow + purged);
        if (rowsBefore == null) {
            rowsBefore = dueNow;
        }
        held = 0;
        failed = 0;
        kept = new TreeMap<>();
        problem = null;
    }

    void judged(Fated fated) {
        held += fated.held();
        fated.kept().forEach(this::kept);
    }

    void kept(String reason, long rows) {
        failed += rows;
        Map<String, Long> more = new TreeMap<>(kept);
        more.merge(reason, rows, Long::sum);
        kept = more;
    }

    /** Why it could not be done: the kind of failure and the system that did not do what it was asked. */
    void failed(SystemFailure why) {
        problem = why.kind().name().toLowerCase(Locale.ROOT) + ":" + why.system();
    }

    /** The same in words. */
    Optional<String> problem(Words words) {
        return Optional.ofNullable(problem).map(p -> {
            int colon = p.indexOf(':');
            return words.say("retention_problem_" + p.substring(0, colon), p.substring(colon + 1));
        });
    }

    /** So many rows would go with others. */
    void counted(long rows) {
        due = kind == Kind.PART ? rows : due;
    }

    /** What is due cannot be less than what was found to be. */
    void settle() {
        due = Math.max(due, purged + held + failed);
    }
}
