package dev.rekey.engine.workflow;

import dev.rekey.engine.analyze.JudgeMerges;
import dev.rekey.engine.run.FrozenMerges;

/** Decides which records are merged: from then on all states agree. */
public record JudgeMergesState(Ports ports) {
    public FrozenMerges run(Task task) {
        var documents = ports.documents();
        var known = FrozenMerges.find(documents, task.folder());
        if (known.isPresent()) {
            // An earlier attempt; workers may have begun by what it decided.
            return known.get();
        }
        var run = ports.runs().withoutOrphans(documents, task.run());
        return new JudgeMerges(
                        documents,
                        run,
                        ports.alone(task, run),
                        ports.targetAlone(task, run),
                        ports.invocation().concurrency())
                .judge();
    }
}
