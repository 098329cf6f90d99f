package dev.rekey.engine.proof;

import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.record.SameContent;
import dev.rekey.engine.record.TypedJson;
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
final class Verdict {
    private static final Map<Watch.Spot, Map<String, AttributeValue>> ORIGINAL = Ward.target(Ward.tables());
    private static final Map<Watch.Spot, Map<String, AttributeValue>> MIGRATED = migrated();

    private final Simulation simulation;
    private final Map<RunId, Phase> ends;
    private final Map<RunId, List<String>> drift;
    private final List<String> broken = new ArrayList<>();

    Verdict(Simulation simulation, Map<RunId, Phase> ends, Map<RunId, List<String>> drift) {
        this.simulation = simulation;
        this.ends = ends;
        this.drift = drift;
    }

    /** What a migration makes of the target when nothing goes wrong. */
    private static Map<Watch.Spot, Map<String, AttributeValue>> migrated() {
        var tables = Ward.tables();
        var site = new Site(tables);
        var start = new Start(Ward.PLAN, Action.MIGRATE, "plain", site.now(), Optional.empty());
        if (new Execution(start, site).run() != Result.MIGRATED) {
            throw new AssertionError("nothing goes wrong here");
        }
        if (site.manifest(start.task()).table(new TableName("Codes")).ranges().size() < 2) {
            throw new AssertionError("nothing is read in ranges");
        }
        return Ward.target(tables);
    }

    List<String> broken() {
        boolean migrated = ends.containsValue(Phase.MIGRATED);
        var expected = migrated ? MIGRATED : ORIGINAL;
        var there = Ward.target(simulation.tables());
        var strangers = simulation.watch().strangers();
        var all = new HashSet<>(expected.keySet());
        all.addAll(there.keySet());
        all.addAll(strangers.keySet());
        for (var at : all) {
            var found = Optional.ofNullable(there.get(at));
            var wanted = Optional.ofNullable(expected.get(at));
            var theirs = strangers.get(at);
            boolean right = theirs == null
                    ? same(found, wanted)
                    : same(found, theirs)
                            || (migrated
                                    && (same(found, wanted)
                                            || simulation.watch().isOurs(at, found)));
            if (!right) {
                broken.add("%s, the target holds %s at %s where it should hold %s%s"
                        .formatted(ends, found, at, wanted, theirs == null ? "" : " or the stranger's " + theirs));
            }
        }
        ends.forEach((run, phase) -> {
            if (phase.isUnfinished()) {
                broken.add(run + " is still " + phase);
            }
        });
        locks();
        listed(there);
        return broken;
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
            var line = at.table().replace("dst-", "") + " "
                    + TypedJson.text(at.key().attributes());
            if (kept && !drift.getOrDefault(run, List.of()).contains(line)) {
                broken.add("not listed as drift: " + at);
            }
        });
    }

    private static boolean same(
            Optional<Map<String, AttributeValue>> one, Optional<Map<String, AttributeValue>> other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty() || SameContent.same(one.get(), other.get()));
    }
}
