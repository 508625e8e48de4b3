package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;

/** The versions of the privacy policy: drafted by one person, published by another, kept as they were. */
@ApplicationScoped
@Transactional
public class Policies {
    private final PolicyTable table;
    private final Ledger ledger;
    private final Event<PolicyPublished> listeners;
    private final DataMap map;
    private final Clock clock;

    Policies(PolicyTable table, Ledger ledger, Event<PolicyPublished> listeners, DataMap map, Clock clock) {
        this.table = table;
        this.ledger = ledger;
        this.listeners = listeners;
        this.map = map;
        this.clock = clock;
    }

    /** Keeps a draft. */
    PolicyVersion draft(NewVersion.Typed typed, Actor by) {
        UUID id = UUID.randomUUID();
        NewVersion version = NewVersion.of(typed, map);
        mustFollow(version);
        table.insert(id, version, by.name(), clock.instant());
        return written("policy.drafted", id, by);
    }

    /** Replaces a draft; whoever did it last is who wrote it. */
    PolicyVersion redraft(UUID id, NewVersion.Typed typed, Actor by) {
        mustBeDraft(id);
        NewVersion version = NewVersion.of(typed, map);
        mustFollow(version);
        table.replace(id, version, by.name(), clock.instant());
        return written("policy.redrafted", id, by);
    }

    void discard(UUID id, Actor by) {
        mustBeDraft(id);
        table.delete(id);
        ledger.append(Act.of("policy.discarded", by).fact("version", id));
    }

    /** Publishes the draft that has this digest; not by the one who wrote it. */
    PolicyVersion approve(UUID id, String digest, Actor by) {
        PolicyVersion draft = mustBeDraft(id);
        if (draft.draftedBy().equals(by.name())) {
            throw new NotPossible("policy_same_person");
        } else if (!draft.digest().equals(digest)) {
            throw new NotPossible("policy_changed_since");
        }
        mustFollow(new NewVersion(draft.use(), draft.validFrom(), draft.texts(), draft.promises()));
        table.publish(id, by.name(), clock.instant());
        PolicyVersion published = written("policy.published", id, by);
        listeners.fire(new PolicyPublished(published, newPurposes(published)));
        return published;
    }

    // ---- finding

    /** All published versions, the first one first. */
    public List<PolicyVersion> published() {
        return table.published();
    }

    List<PolicyVersion> drafts() {
        return table.drafts();
    }

    PolicyVersion get(UUID id) {
        return table.find(id).orElseThrow(() -> new NotFound("policy_unknown"));
    }

    PolicyVersion numbered(int number) {
        return published().stream()
                .filter(v -> v.number().orElseThrow() == number)
                .findFirst()
                .orElseThrow(() -> new NotFound("policy_unknown"));
    }

    /** The version that is valid today. */
    public Optional<PolicyVersion> inForce() {
        return inForce(published(), today());
    }

    /** Of these the one that was valid on a day: the last that had begun by then. */
    public static Optional<PolicyVersion> inForce(List<PolicyVersion> versions, LocalDate day) {
        return versions.stream()
                .filter(v -> !v.validFrom().isAfter(day))
                .max(Comparator.comparing(PolicyVersion::validFrom));
    }

    /** The purposes that this version names and the one before it did not: what people are asked about. */
    List<String> newPurposes(PolicyVersion version) {
        return version.promises()
                .newSince(before(version).map(PolicyVersion::promises).orElse(Promises.none()));
    }

    /** The version that this one follows. */
    Optional<PolicyVersion> before(PolicyVersion version) {
        return published().stream()
                .filter(v -> v.validFrom().isBefore(version.validFrom()))
                .max(Comparator.comparing(PolicyVersion::validFrom));
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone());
    }

    ZoneId zone() {
        return map.organisation().zone();
    }

    private PolicyVersion mustBeDraft(UUID id) {
        PolicyVersion known = get(id);
        return table.draft(id).orElseThrow(() -> new NotPossible("policy_published(" + known.shownNumber() + ")"));
    }

    /** Versions follow each other; a different use begins when people have been asked, not before. */
    private void mustFollow(NewVersion version) {
        List<PolicyVersion> published = new ArrayList<>(published());
        boolean late = published.stream().anyMatch(v -> !v.validFrom().isBefore(version.validFrom()));
        if (late) {
            LocalDate last = published.get(published.size() - 1).validFrom();
            throw Invalid.field("valid_from", "policy_valid_from_after(" + last + ")");
        } else if (version.use() == Use.DIFFERENT && version.validFrom().isBefore(today())) {
            throw Invalid.field("valid_from", "policy_valid_from_past");
        } else if (version.use() == Use.DIFFERENT && published.isEmpty()) {
            throw Invalid.field("use", "policy_use_first");
        }
    }

    private PolicyVersion written(String event, UUID id, Actor by) {
        PolicyVersion version = get(id);
        ledger.append(Act.of(event, by)
                .fact("version", id)
                .fact("number", version.number().orElse(null))
                .fact("use", version.use().code())
                .fact("valid_from", version.validFrom())
                .fact("digest", version.digest()));
        return version;
    }
}
