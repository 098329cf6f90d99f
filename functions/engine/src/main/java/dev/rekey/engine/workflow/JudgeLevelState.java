package dev.rekey.engine.workflow;

import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.MergesNow;
import dev.rekey.engine.analyze.Unmerged;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Merged;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.JudgeLevel;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says whether a level is right. */
public record JudgeLevelState(Ports ports) {
    /** @param level from 1 */
    public LevelResult run(Task task, int level) {
        var documents = ports.documents();
        var run = ports.runs().at(documents, ports.runs().withoutOrphans(documents, task.run()), level);
        var result = new JudgeLevel(documents, run, task.task(), task.verifyScope(documents))
                .judge(level, ofMerges(task, run, level));
        if (!task.is(Action.VERIFY)) {
            var copied = Tally.of(
                    documents, task.folder(), Stage.COPY, run.manifest().level(level));
            ports.record(task, new Decision.LevelMigrated(level, copied.byTable()));
        }
        ports.record(task, new Decision.LevelVerified(level, result.failures(), result.tables()));
        return result;
    }

    /** What is said of the merges of the run, beside the records of the level. */
    private List<Difference> ofMerges(Task task, RunContext run, int level) {
        if (!run.known().merges() || !task.verifyScope(ports.documents()).part().isEverything()) {
            return List.of();
        }
        var found = new ArrayList<Difference>();
        boolean last = level == run.manifest().levels().size();
        // Later, what happens to a survivor is the application's business.
        if (!task.is(Action.VERIFY)) {
            var merges = new MergesNow(ports.documents(), run, ports.inSource(run, ports.pacingAlone(task)), level + 1);
            var now = merges.judge();
            if (last) {
                ended(run, now.ended()).forEach(found::add);
            } else {
                now.lost().forEach(one -> found.add(difference(Verdict.SURVIVOR_LOST, one.table(), one.record())));
                merges.leaveOut(now, task.task());
            }
        }
        if (last) {
            new Unmerged(ports.documents(), run, task.task())
                    .find().stream()
                            // Of one that no longer was merged when it was read again, more is said.
                            .filter(one -> !isNamed(found, one))
                            .forEach(one -> found.add(difference(Verdict.UNMERGED, one.table(), one.record())));
        }
        return found;
    }

    private static boolean isNamed(List<Difference> found, Unmerged.OfTable one) {
        return found.stream()
                .anyMatch(named ->
                        named.table().equals(one.table()) && named.record().equals(one.record()));
    }

    /** Merges of which something was written before they ended, or all of it. */
    private List<Difference> ended(RunContext run, List<Merged> now) {
        var found = new ArrayList<Difference>();
        var before = FrozenMerges.ended(
                ports.documents(), run.folder(), run.manifest().levels().size());
        for (var table : run.known().tables()) {
            if (table.merge().isPresent()) {
                var self = KeyRoles.self(
                                table, run.manifest().shapes(table.name()).source())
                        .orElseThrow();
                // What was left out before anything of its table was written is a record like any other.
                var clean = FrozenMerges.ended(ports.documents(), run.folder(), MergesNow.levelOf(run, table));
                Stream.concat(before.stream().filter(one -> !clean.contains(one)), now.stream())
                        .filter(one -> one.family().equals(table.family()))
                        .distinct()
                        .forEach(one -> found.add(difference(
                                Verdict.MATCH_ENDED,
                                table.name(),
                                TypedJson.text(Map.of(self.name(), one.merged().value())))));
            }
        }
        return found;
    }

    private static Difference difference(Verdict verdict, TableName table, String record) {
        return new Difference(verdict, table, record, List.of());
    }
}
