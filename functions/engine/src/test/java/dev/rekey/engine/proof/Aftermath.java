package dev.rekey.engine.proof;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.workflow.ColdProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        if (!Set.of(Counted.GONE, Counted.DRIFTED).containsAll(remaining.keySet())) {
            broken.add("another run leaves " + remaining);
        }
        gone(again.report().orElseThrow());
        clubs();
        if (sameMerges && plainly == Result.MIGRATED) {
            compare("another run", Ward.target(plain.held().tables()));
        }
    }

    /** What an earlier run wrote is named once no source record is behind it: apart, if somebody else has changed it since. */
    private void gone(RunReport report) {
        var mapping = mapping();
        var runs = ends.migrated();
        var known = new HashSet<Spot>();
        Ward.source(simulation.tables()).keySet().forEach(at -> known.add(mapping.target(at)));
        runs.forEach(run -> mapping.created(run).keySet().forEach(club -> known.add(mapping.target(club))));
        known.addAll(replaced());
        var wanted = new TreeSet<String>();
        var changed = new HashSet<String>();
        Ward.target(simulation.tables()).forEach((at, item) -> {
            // What they wrote before a run replaced it under its log is theirs no more.
            boolean theirs = EndOfStory.same(Optional.of(item), strangers.getOrDefault(at, Optional.empty()))
                    || EndOfStory.same(Optional.of(item), Optional.ofNullable(EndOfStory.ORIGINAL.get(at)));
            if (isOurs(runs, at, item) && !theirs && !known.contains(at)) {
                wanted.add(Spilled.text(at.key()));
            }
            if (theirs && !known.contains(at) && wasWritten(runs, at)) {
                changed.add(Spilled.text(at.key()));
            }
        });
        var named = named(report, Verdict.GONE);
        if (!named.equals(wanted)) {
            broken.add("another run names as gone %s, and gone are %s".formatted(named, wanted));
        }
        var drifted = named(report, Verdict.DRIFTED);
        if (!changed.containsAll(drifted)) {
            broken.add("another run names as drifted %s, which can be %s".formatted(drifted, changed));
        }
    }

    private static Set<String> named(RunReport report, Verdict verdict) {
        return report.verified().differences().stream()
                .filter(one -> one.verdict() == verdict)
                .map(Difference::record)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean wasWritten(List<RunId> runs, Spot at) {
        return runs.stream().anyMatch(run -> simulation.watch().entry(run, at).isPresent());
    }

    /** What a run has left that is rolled back by now is nobody's. */
    private boolean isOurs(List<RunId> runs, Spot at, Map<String, AttributeValue> item) {
        return runs.stream().anyMatch(run -> simulation.watch().logged(run, at, item));
    }

    /** Copies of clubs that are gone, and that records still name: as if the source held them, created ones take their places. */
    private Set<Spot> replaced() {
        var mapping = mapping();
        var runs = ends.migrated();
        var there = Ward.target(simulation.tables());
        return new Clubs(Ward.CLUBS, Ward.source(simulation.tables()))
                .missing().stream()
                        .map(id -> mapping.target(Clubs.spot("src-Clubs", id)))
                        .filter(at -> there.containsKey(at) && isOurs(runs, at, there.get(at)))
                        .collect(Collectors.toSet());
    }

    /** What is wrong with the clubs, worked out without the engine. */
    private void clubs() {
        var source = Ward.source(site.held().tables());
        var target = Ward.target(site.held().tables());
        var mapping = mapping();
        new Clubs(Ward.CLUBS, source)
                .faults(
                        new Clubs(Ward.CLUBS.written(), target),
                        mapping::target,
                        id -> mapping.target(Clubs.spot("src-Clubs", id))
                                .key()
                                .attributes()
                                .get("id")
                                .s(),
                        strangers::containsKey)
                .forEach(fault -> broken.add("after another run, " + fault));
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
        var mapping = mapping();
        var source = Ward.source(simulation.tables());
        // What is not needed any more, no other run takes back.
        var needed = new Clubs(Ward.CLUBS, source).needed(Map.of());
        ends.migrated().stream()
                .flatMap(run -> mapping.created(run).entrySet().stream())
                .filter(club -> needed.containsAll(Clubs.texts(Stream.of(club.getValue()))))
                .forEach(club -> targets.add(mapping.target(club.getKey())));
        source.forEach((at, record) -> mapping.item(at, record).ifPresent(_ -> targets.add(mapping.target(at))));
        targets.addAll(replaced());
        return targets;
    }

    private WardMapping mapping() {
        var manifest = site.manifest(ends.migrated().getFirst());
        return new WardMapping(
                ColdProcess.plan(plan), manifest, simulation.watch().documents(), _ -> Optional.empty());
    }

    private void rollBackAll() {
        var created = new Clubs(Ward.CLUBS.written(), Ward.target(site.held().tables())).created();
        // What runs have left that are rolled back by now, they may have left because of others.
        var kept = new HashSet<Spot>();
        var listed = ends.drift().values().stream().flatMap(List::stream).toList();
        Ward.target(site.held().tables()).keySet().stream()
                .filter(at -> listed.contains(CreatedWatch.driftLine(at)))
                .forEach(kept::add);
        for (var run : ends.migrated()) {
            var start = new Start(plan, Action.ROLLBACK, "undo-" + run, site.now(), Optional.of(run));
            var how = new Execution(start, site).run();
            if (how != Result.ROLLED_BACK) {
                broken.add("the rollback of " + run + " is " + how);
                return;
            }
            var left = Ward.target(site.held().tables());
            var drift = ends.drift().getOrDefault(run, List.of());
            left.keySet().stream().filter(at -> Clubs.isKept(at, left, drift)).forEach(kept::add);
        }
        var original = new HashMap<>(EndOfStory.ORIGINAL);
        strangers.forEach((at, theirs) -> {
            original.remove(at);
            theirs.ifPresent(item -> original.put(at, item));
        });
        var there = Ward.target(site.held().tables());
        kept.stream().filter(there::containsKey).forEach(at -> original.put(at, there.get(at)));
        compare("the rollback of all runs", original);
        var existing = new Clubs(Ward.CLUBS.written(), there).clubs();
        there.forEach((at, item) -> Clubs.clubOf(item)
                .filter(club -> created.contains(club) && !existing.contains(club))
                .ifPresent(club -> broken.add("after the rollback of all runs, " + at + " refers to no club")));
        var drift = ends.drift();
        simulation.watch().changedOurs().forEach((at, run) -> {
            if (there.containsKey(at) && !isListed(drift, run, at)) {
                broken.add("not listed as drift: " + at);
            }
        });
    }

    private static boolean isListed(Map<RunId, List<String>> drift, RunId run, Spot at) {
        return EndOfStory.isListed(drift.getOrDefault(run, List.of()), at);
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
