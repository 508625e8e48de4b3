package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.habeas.connector.Due;
import org.habeas.connector.Row;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.law.RetentionRule;

/**
 * Whatever the rules (of the group or of a company, and since when), holds (on people, collections, systems, companies), dates
 * and foreign keys: a run takes exactly the rows that are due, with what hangs on them, and none that is held. What is to go is
 * worked out a second time, naively ({@link Naively}).
 */
class HeldRowsSurviveProperty {
    @Property(tries = 3_000)
    void exactly_what_is_due_and_free_goes(@ForAll long seed) {
        RandomWorld world = new RandomWorld(new Random(seed));
        Naively naively = new Naively(world);
        Set<String> held = naively.held();
        Set<String> mustGo = naively.toGo(held);
        Map<String, Set<String>> reasons = naively.reasonsToGo();
        Set<String> gone = world.all();
        run(world);
        Set<String> left = world.all();
        gone.removeAll(left);
        assertTrue(left.containsAll(held), "a held row is gone");
        assertTrue(gone.containsAll(mustGo), "a due row is left: " + mustGo + " but " + gone);
        gone.forEach(row -> assertTrue(
                reasons.get(row).contains("due") || reasons.get(row).stream().anyMatch(gone::contains),
                row + " went without a reason"));
    }

    private static void run(RandomWorld world) {
        HeldRows held = HeldRows.search(
                Links.of(world.map),
                world.systems::get,
                world.identifiers,
                Holds.held(world.map, world.holds),
                () -> {});
        world.map.datasets().forEach(dataset -> run(world, dataset, held));
    }

    private static void run(RandomWorld world, Dataset dataset, HeldRows held) {
        MemorySystem system = world.systems.get(dataset.key());
        Structure structure = new Structure(system.catalogue(), dataset);
        Map<CollectionKey, Due> purgeable = new HashMap<>();
        Ruled.of(world.map).stream()
                .filter(r -> r.key().dataset().equals(dataset.key()) && r.rule().mode() == RetentionRule.Mode.AUTO)
                .forEach(r -> purgeable.put(r.key(), r.due(world.today, ZoneOffset.UTC, true, List.of())));
        Fates fates = new Fates(system, structure, purgeable, held);
        dataset.collections().stream()
                .filter(c -> purgeable.containsKey(c.key()))
                .sorted(Comparator.comparingInt(structure::rank))
                .forEach(c -> sweep(world.random, system, c, fates, purgeable));
    }

    private static void sweep(
            Random random,
            MemorySystem system,
            MappedCollection collection,
            Fates fates,
            Map<CollectionKey, Due> purgeable) {
        List<Row> due = new ArrayList<>();
        system.due(purgeable.get(collection.key()), due::add);
        int handful = 1 + random.nextInt(6);
        for (int from = 0; from < due.size(); from += handful) {
            Fated fated = fates.judge(collection, due.subList(from, Math.min(due.size(), from + handful)));
            for (Fated.Slice slice : fated.slices(1 + random.nextInt(5))) {
                system.purge(
                        slice.steps(purgeable).stream().map(Fated.Step::purge).toList());
            }
        }
    }
}
