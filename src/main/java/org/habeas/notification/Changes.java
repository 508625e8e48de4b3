package org.habeas.notification;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Execution;
import org.habeas.fulfilment.Plan;
import org.habeas.law.RetentionRule;
import org.habeas.law.Right;
import org.habeas.request.Correction;
import org.habeas.words.Words;

/** What a correction or erasure did to the data, and who else was told of it (Article 19). */
record Changes(DataMap map, Execution execution, List<Correction> corrections, List<SystemEntry.Recipient> recipients) {

    /** The systems in which something was changed. */
    static List<SystemEntry> systems(DataMap map, Execution execution) {
        return execution.stages().stream()
                .filter(stage -> stage.done() > 0 && stage.action() != Plan.Action.KEEP)
                .map(Execution.Stage::system)
                .distinct()
                .flatMap(system -> map.system(system).stream())
                .toList();
    }

    /** Whether something stays only until a rule's time is up. */
    boolean keptForATime() {
        return execution.kept().stream().anyMatch(k -> k.until().isPresent());
    }

    void tell(Right right, Draft draft, Words words) {
        if (right == Right.CORRECTION) {
            draft.say("letter_corrected_fields").list(fields());
        }
        List<String> done = execution.stages().stream()
                .filter(stage -> stage.done() > 0)
                .flatMap(stage -> did(stage, words).stream())
                .toList();
        if (done.isEmpty()) {
            draft.say("letter_changed_nothing");
        } else {
            draft.say("letter_changed_" + right.code()).list(done);
        }
        if (!execution.kept().isEmpty()) {
            draft.say("letter_kept")
                    .list(execution.kept().stream().map(k -> kept(k, words)).toList());
        } else if (right == Right.ERASURE) {
            draft.say("letter_kept_nothing");
        }
        execution
                .remaining()
                .ifPresent(left -> draft.say(left == 0 ? "letter_read_back_clean" : "letter_read_back_left", left));
        if (!recipients.isEmpty()) {
            draft.say("letter_recipients")
                    .list(recipients.stream().map(SystemEntry.Recipient::name).toList());
        }
    }

    private List<String> fields() {
        return corrections.stream().map(c -> named(c.field())).distinct().toList();
    }

    private Optional<String> did(Execution.Stage stage, Words words) {
        String where = where(stage.system(), stage.collection());
        return switch (stage.action()) {
            case DELETE -> Optional.of(words.say("letter_did_delete", where, stage.done()));
            case MASK -> Optional.of(words.say("letter_did_mask", where, stage.done()));
            case CHANGE -> Optional.of(words.say("letter_did_change", where, stage.done()));
            case KEEP -> Optional.empty();
        };
    }

    /** How many rows stay, by which rule and statute, and until when; or the reason where no rule keeps them. */
    private String kept(Execution.Kept kept, Words words) {
        String where = words.say("letter_kept_rows", where(kept.system(), kept.collection()), kept.rows());
        Optional<String> title =
                kept.rule().flatMap(r -> map.rule(r, kept.system())).map(RetentionRule::title);
        String why = Stream.of(title.or(() -> Optional.of(words.tell(kept.reason()))), kept.citation())
                .flatMap(Optional::stream)
                .distinct()
                .collect(java.util.stream.Collectors.joining(", "));
        return kept.until()
                .map(day -> words.say("letter_kept_until", where, why, day))
                .orElseGet(() -> words.say("letter_kept_because", where, why));
    }

    private String where(String system, String collection) {
        return map.system(system).map(SystemEntry::title).orElse(system) + ", " + named(collection);
    }

    /** {@code first_name} as people write it. */
    private static String named(String name) {
        return name.replace('_', ' ').replace('.', ' ');
    }
}
