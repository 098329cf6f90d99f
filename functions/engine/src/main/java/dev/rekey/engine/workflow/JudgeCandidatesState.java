package dev.rekey.engine.workflow;

import dev.rekey.engine.analyze.CreatedCandidates;
import dev.rekey.engine.analyze.JudgeCreated;
import dev.rekey.engine.analyze.JudgeMerges;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenMerges;

/** Decides which records are merged and which are created: from then on all states agree. */
public record JudgeCandidatesState(Ports ports) {
    /** What an earlier attempt decided stays: workers may have begun by it. */
    public Decided run(Task task) {
        var merges = merges(task);
        return new Decided(merges, created(task));
    }

    /** What becomes of the run's records. */
    public record Decided(FrozenMerges merges, FrozenCreated created) {}

    private FrozenMerges merges(Task task) {
        var documents = ports.documents();
        var run = ports.runs().withoutOrphans(documents, task.run());
        if (!run.known().merges()) {
            return FrozenMerges.NONE;
        }
        return FrozenMerges.find(documents, task.folder())
                .orElseGet(() -> new JudgeMerges(
                                documents,
                                run,
                                ports.inSource(run, ports.pacingAlone(task)),
                                ports.inTarget(run, ports.pacingAlone(task)))
                        .judge());
    }

    private FrozenCreated created(Task task) {
        var documents = ports.documents();
        // It knows the merges by now.
        var run = ports.runs().withoutOrphans(documents, task.run());
        if (!run.known().creates()) {
            return FrozenCreated.NONE;
        }
        return FrozenCreated.find(documents, task.folder()).orElseGet(() -> {
            var source = ports.alone(task, run);
            var concurrency = ports.invocation().concurrency();
            return new JudgeCreated(
                            documents,
                            run,
                            FamilyRecords.ofSource(run, source, concurrency),
                            unit -> new CreatedCandidates(run, unit, source, concurrency))
                    .judge();
        });
    }
}
