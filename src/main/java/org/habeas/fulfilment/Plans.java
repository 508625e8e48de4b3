package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.connector.Batch;
import org.habeas.connector.Connectors;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.law.Right;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.retention.Holds;
import org.habeas.vault.Part;
import org.habeas.vault.Vault;

/**
 * Plans corrections and erasures. Looks at the live data each time, so call it outside a transaction. The same data gives
 * the same digest.
 */
@ApplicationScoped
public class Plans {
    private static final Plan NOTHING =
            new Plan(HexFormat.of().formatHex(RowHash.sha256().digest()), List.of(), List.of());

    private final Searches searches;
    private final SearchLedger ledger;
    private final Subjects subjects;
    private final Requests requests;
    private final Connectors connectors;
    private final DataMap map;
    private final Holds holds;
    private final Vault vault;

    Plans(
            Searches searches,
            SearchLedger ledger,
            Subjects subjects,
            Requests requests,
            Connectors connectors,
            DataMap map,
            Holds holds,
            Vault vault) {
        this.searches = searches;
        this.ledger = ledger;
        this.subjects = subjects;
        this.requests = requests;
        this.connectors = connectors;
        this.map = map;
        this.holds = holds;
        this.vault = vault;
    }

    /** The plan as of now; an empty one for rights that change nothing. */
    public Plan of(RightsRequest request) {
        return request.right().changesData() ? prepare(request, () -> {}).plan() : NOTHING;
    }

    /** The first {@code limit} rows that change, old beside new, as of now. */
    public List<Plan.Difference> differences(RightsRequest request, int limit) {
        List<Plan.Difference> differences = new ArrayList<>();
        if (request.right().changesData()) {
            Prepared prepared = prepare(request, () -> {});
            prepared.draft()
                    .ifPresent(d -> d.steps(step -> step.batches()
                            .forEach(batch -> batch.changes().forEach(c -> {
                                if (differences.size() < limit && !step.preparing()) {
                                    differences.add(difference(request, step, batch, c));
                                }
                            }))));
        }
        return differences;
    }

    private static Plan.Difference difference(RightsRequest request, Step step, Batch batch, Batch.Change change) {
        Map<String, Object> from = new LinkedHashMap<>(change.before().values());
        Map<String, Object> to = Map.of();
        if (change.what() instanceof Batch.Set set) {
            from.keySet().retainAll(set.values().keySet());
            to = new LinkedHashMap<>(set.values());
        }
        CollectionKey key = batch.collection().key();
        String row = Findings.id(request.id(), key, new Found(change.before(), 0, Standing.OWN));
        return new Plan.Difference(row, step.system(), step.collection(), step.action(), from, to);
    }

    /** A plan with everything that its execution needs; without a draft where a system could not be asked. */
    record Prepared(Plan plan, Optional<PlanDraft> draft, Optional<SystemFailure> failure) {}

    Prepared prepare(RightsRequest request, Runnable alive) {
        Searches.Run run = searches.run(subjects.of(request), alive);
        List<Plan.Problem> problems = new ArrayList<>();
        run.search().failures().values().forEach(f -> problems.add(PlanDraft.unreachable(f)));
        ledger.systems(request.id()).stream()
                .filter(s -> s.status() == SystemStatus.PENDING || s.status() == SystemStatus.RUNNING)
                .forEach(s -> problems.add(new Plan.Problem(
                        s.system(), Optional.empty(), "has not answered yet", "Wait for the answer, or leave it out")));
        try {
            PlanDraft draft = draft(request, run.rows());
            Plan plan = draft.plan();
            problems.addAll(plan.problems());
            problems.addAll(held(request, plan));
            ledger.show(request.id(), run.generation(), !run.search().failures().isEmpty());
            return new Prepared(
                    new Plan(plan.digest(), plan.items(), problems),
                    Optional.of(draft),
                    run.search().failures().values().stream().findFirst());
        } catch (SystemFailure e) {
            problems.add(PlanDraft.unreachable(e));
            return new Prepared(new Plan(NOTHING.digest(), List.of(), problems), Optional.empty(), Optional.of(e));
        }
    }

    PlanDraft draft(RightsRequest request, FoundRows rows) {
        Tables tables = new Tables(map, connectors::of);
        Judgement judgement = request.right() == Right.CORRECTION
                ? new Correcting(map, rows, requests.particulars(request).corrections())
                : new Erasure(searches.retentions(), tables, new Masks(v -> hash(request, v)));
        return new PlanDraft(map, rows, tables, judgement);
    }

    private String hash(RightsRequest request, String value) {
        byte[] message = ("mask:" + value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(vault.commit(Part.FINDINGS.of(request.vaultKey()), message));
    }

    private List<Plan.Problem> held(RightsRequest request, Plan plan) {
        List<Plan.Problem> problems = new ArrayList<>();
        if (holds.held(subjects.hashes(request))) {
            problems.add(hold("all systems", Optional.empty()));
        }
        Set<CollectionKey> touched = plan.items().stream()
                .filter(i -> i.action() != Plan.Action.KEEP)
                .map(i -> new CollectionKey(i.system(), i.collection()))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        for (CollectionKey key : touched) {
            Optional<String> company = map.system(key.dataset()).flatMap(SystemEntry::tablesOf);
            if (holds.held(key.dataset(), key.name(), company)) {
                problems.add(hold(key.dataset(), Optional.of(key.name())));
            }
        }
        return problems;
    }

    private static Plan.Problem hold(String system, Optional<String> collection) {
        return new Plan.Problem(
                system, collection, "a legal hold stands", "Nothing is erased or changed until the hold is lifted");
    }
}
