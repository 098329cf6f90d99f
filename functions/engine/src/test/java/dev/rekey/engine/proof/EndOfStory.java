package dev.rekey.engine.proof;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Looks at the target when all is over, and knows nothing of how it came about. */
final class EndOfStory {
    static final Map<Watch.Spot, Map<String, AttributeValue>> ORIGINAL = Ward.target(Ward.tables());
    private static final Map<Watch.Spot, Map<String, AttributeValue>> MIGRATED = migrated();

    private final Simulation simulation;
    private final Map<RunId, Phase> ends;
    private final Map<RunId, List<String>> drift;
    private final List<String> broken = new ArrayList<>();

    EndOfStory(Simulation simulation) {
        this.simulation = simulation;
        var all = new Ends(simulation.objects());
        this.ends = all.phases();
        this.drift = all.drift();
    }

    /** What a migration makes of the target when nothing goes wrong. */
    private static Map<Watch.Spot, Map<String, AttributeValue>> migrated() {
        var tables = Ward.tables();
        var site = new Site(tables);
        var start = new Start(Ward.plan(Optional.empty()), Action.MIGRATE, "plain", site.now(), Optional.empty());
        if (new Execution(start, site).run() != Result.MIGRATED) {
            throw new AssertionError("nothing goes wrong here");
        }
        if (site.manifest(start.task())
                        .table(new TableName("Codes"))
                        .sourceSegments()
                        .ranges()
                        .size()
                < 2) {
            throw new AssertionError("nothing is read in ranges");
        }
        return Ward.target(tables);
    }

    List<String> broken() {
        boolean migrated = ends.containsValue(Phase.MIGRATED);
        var expected = migrated ? MIGRATED : ORIGINAL;
        boolean sourceChanged = simulation.chances().shape().sourceChanges() > 0;
        var there = Ward.target(simulation.tables());
        var strangers = simulation.watch().strangers();
        var all = new HashSet<>(expected.keySet());
        all.addAll(there.keySet());
        all.addAll(strangers.keySet());
        // What a migration makes of a source in use, the reports are compared with.
        for (var at : migrated && sourceChanged ? List.<Watch.Spot>of() : all) {
            var found = Optional.ofNullable(there.get(at));
            var wanted = Optional.ofNullable(expected.get(at));
            var theirs = strangers.get(at);
            boolean right = theirs == null
                    ? same(found, wanted)
                    : same(found, theirs)
                            || (migrated
                                    && (same(found, wanted)
                                            || found.filter(item -> isOurs(at, item))
                                                    .isPresent()));
            if (!right && !isKept(at)) {
                broken.add("%s, the target holds %s at %s where it should hold %s%s"
                        .formatted(ends, found, at, wanted, theirs == null ? "" : " or the stranger's " + theirs));
            }
        }
        ends.forEach((run, phase) -> {
            if (phase.isUnfinished()) {
                broken.add(run + " is still " + phase);
            }
        });
        simulation.watch().ours().forEach((at, run) -> {
            if (ends.get(run) == Phase.ROLLED_BACK && !isKept(at)) {
                broken.add("a run that is rolled back leaves nothing: " + at + " of " + run);
            }
        });
        locks();
        listed(there);
        return broken;
    }

    /**
     * Whether a run that was rolled back has left a club because others refer to it, and has said so. It need not have written
     * it: what a stranger wrote there at the same moment, and is the same, counts as the run's.
     */
    private boolean isKept(Watch.Spot at) {
        return ends.keySet().stream()
                .filter(run -> ends.get(run) == Phase.ROLLED_BACK)
                .anyMatch(run -> simulation.watch().created().mayStay(run, at)
                        && drift.getOrDefault(run, List.of()).contains(CreatedWatch.driftLine(at)));
    }

    private boolean isOurs(Watch.Spot at, Map<String, AttributeValue> item) {
        return ends.keySet().stream().anyMatch(run -> simulation.watch().logged(run, at, item));
    }

    private void locks() {
        simulation.objects().contents().forEach((key, content) -> {
            var text = new String(content, java.nio.charset.StandardCharsets.UTF_8);
            ends.keySet().stream()
                    .filter(run -> key.startsWith("locks/") && text.contains(run.value()))
                    .filter(run -> ends.get(run).isUnfinished())
                    .forEach(run -> broken.add(run + " left the lock " + key));
        });
    }

    /** A record of ours that somebody changed, and that is still there after the rollback, is listed as drift. */
    private void listed(Map<Watch.Spot, Map<String, AttributeValue>> there) {
        simulation.watch().changedOurs().forEach((at, run) -> {
            boolean kept = there.containsKey(at) && ends.get(run) == Phase.ROLLED_BACK;
            if (kept && !isListed(drift.getOrDefault(run, List.of()), at)) {
                broken.add("not listed as drift: " + at);
            }
        });
    }

    /** Whether reports of rollbacks list a record of the target. */
    static boolean isListed(List<String> drift, Watch.Spot at) {
        var line = Ward.planned(at.table(), at.key()) + " "
                + TypedJson.text(at.key().attributes());
        return drift.contains(line) || drift.contains(CreatedWatch.driftLine(at));
    }

    static boolean same(Optional<Map<String, AttributeValue>> one, Optional<Map<String, AttributeValue>> other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty() || SameContent.same(one.get(), other.get()));
    }
}
