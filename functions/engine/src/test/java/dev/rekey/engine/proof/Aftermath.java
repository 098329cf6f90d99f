package dev.rekey.engine.proof;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.InMemoryTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What comes after a simulation, on a copy of what it left, where nobody else writes and nothing goes wrong: the plan is run
 * again, which brings all that remains; then all runs are rolled back, the newest first.
 */
final class Aftermath {
    private final Simulation simulation;
    private final String plan;
    private final Site site;
    private final Ends ends;
    private final Map<Spot, Optional<Map<String, AttributeValue>>> strangers;
    private final List<String> broken = new ArrayList<>();

    Aftermath(Simulation simulation, String plan) {
        this.simulation = simulation;
        this.plan = plan;
        this.strangers = simulation.watch().strangers();
        var left = new MemoryStores(
                simulation.tables().copy(), simulation.objects().copy());
        this.ends = new Ends(left.objects());
        this.site = new Site(left.tables()).on(left);
        site.sleep(Duration.ofMillis(simulation.scheduler().nowMillis()).plusHours(1));
    }

    List<String> broken() {
        boolean over = ends.phases().values().stream().noneMatch(Phase::isUnfinished);
        // What was rolled back altogether, a simulation begins with.
        if (over && !ends.migrated().isEmpty()) {
            migrateAgain();
            rollBackAll();
        }
        return broken;
    }

    private void migrateAgain() {
        var plain = new Site(withoutRuns());
        var wanted = new Execution(migration(plain), plain);
        var again = new Execution(migration(site), site);
        boolean sameMerges = mergesTheSame();
        var how = again.run();
        var plainly = wanted.run();
        if (how != plainly && sameMerges) {
            broken.add("another run ends differently than one without faults: " + how);
        }
        if (how != Result.MIGRATED) {
            if (how != Result.REFUSED) {
                broken.add("nobody writes, and another run is " + how);
            }
            return;
        }
        var remaining = again.report().map(one -> one.verified().remaining()).orElseThrow();
        if (!remaining.isEmpty()) {
            broken.add("another run leaves " + remaining);
        }
        if (sameMerges && plainly == Result.MIGRATED) {
            compare("another run", Ward.target(plain.held().tables()));
        }
    }

    /**
     * Whether the earlier runs have merged what a run merges that knows nothing of them. Else it merges less, where records
     * match no more, or is to merge what was copied, and is refused.
     */
    private boolean mergesTheSame() {
        var earlier = new Kin();
        ends.migrated()
                .reversed()
                .forEach(run -> earlier.merge(MergeWatch.of(simulation.watch().documents(), run)));
        var source = Ward.source(simulation.tables());
        return Ward.KIN.named().entrySet().stream()
                        .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                        .allMatch(id -> Ward.isOpen(source, id))
                && Kin.of(Ward.KIN, source)
                        .filter(kin -> kin.all().equals(earlier.all()))
                        .isPresent();
    }

    private Start migration(Site at) {
        return new Start(plan, Action.MIGRATE, "again", at.now(), Optional.empty());
    }

    /**
     * The source as it is in the end, and of the target what no run can have from it: what was there before, what strangers
     * wrote last, and copies of records that are gone.
     */
    private InMemoryTables withoutRuns() {
        var tables = simulation.tables().copy();
        var from = comingFromSource();
        var all = new HashSet<>(EndOfStory.ORIGINAL.keySet());
        all.addAll(Ward.target(tables).keySet());
        all.addAll(strangers.keySet());
        var there = Ward.target(tables);
        for (var at : all) {
            var wanted = from.contains(at)
                    ? strangers.getOrDefault(at, Optional.ofNullable(EndOfStory.ORIGINAL.get(at)))
                    : Optional.ofNullable(there.get(at));
            var table = new PhysicalTable(at.table());
            var _ = tables.deleteAll(table, List.of(at.key()));
            wanted.ifPresent(item -> tables.load(table, List.of(item)));
        }
        return tables;
    }

    private Set<Spot> comingFromSource() {
        var targets = new HashSet<Spot>();
        var manifest = site.manifest(ends.migrated().getFirst());
        var mapping = new WardMapping(
                Functions.plan(plan), manifest, simulation.watch().documents(), _ -> Optional.empty());
        Ward.source(simulation.tables())
                .forEach((at, record) -> mapping.item(at, record).ifPresent(_ -> targets.add(mapping.target(at))));
        return targets;
    }

    private void rollBackAll() {
        for (var run : ends.migrated()) {
            var start = new Start(plan, Action.ROLLBACK, "undo-" + run, site.now(), Optional.of(run));
            var how = new Execution(start, site).run();
            if (how != Result.ROLLED_BACK) {
                broken.add("the rollback of " + run + " is " + how);
                return;
            }
        }
        var original = new HashMap<>(EndOfStory.ORIGINAL);
        strangers.forEach((at, theirs) -> {
            original.remove(at);
            theirs.ifPresent(item -> original.put(at, item));
        });
        compare("the rollback of all runs", original);
        var there = Ward.target(site.held().tables());
        var drift = ends.drift();
        simulation.watch().changedOurs().forEach((at, run) -> {
            if (there.containsKey(at) && !isListed(drift, run, at)) {
                broken.add("not listed as drift: " + at);
            }
        });
    }

    private static boolean isListed(Map<RunId, List<String>> drift, RunId run, Spot at) {
        return drift.getOrDefault(run, List.of()).contains(EndOfStory.driftLine(at));
    }

    private void compare(String after, Map<Spot, Map<String, AttributeValue>> wanted) {
        var there = Ward.target(site.held().tables());
        var all = new HashSet<>(wanted.keySet());
        all.addAll(there.keySet());
        for (var at : all) {
            if (!EndOfStory.same(Optional.ofNullable(there.get(at)), Optional.ofNullable(wanted.get(at)))) {
                broken.add("after %s the target holds %s at %s where it should hold %s"
                        .formatted(after, there.get(at), at, wanted.get(at)));
            }
        }
    }
}
