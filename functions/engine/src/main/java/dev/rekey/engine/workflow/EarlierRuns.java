package dev.rekey.engine.workflow;

import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.util.Comparator;
import java.util.List;

/** Finds the runs of a plan that have migrated. */
public record EarlierRuns(Documents documents) {
    /** Newest first; without those that were rolled back. */
    public List<RunId> of(PlanName plan, RunId before) {
        var prefix = RunFolder.ofPlanPrefix(plan);
        return documents.list(prefix).stream()
                .map(key -> new RunId(key.name().substring(prefix.length())))
                .filter(run -> run.value().compareTo(before.value()) < 0)
                .filter(this::hasMigrated)
                .sorted(Comparator.comparing(RunId::value).reversed())
                .toList();
    }

    private boolean hasMigrated(RunId run) {
        return documents
                .find(new RunFolder(run).control(), Control.class)
                .map(Versioned::value)
                .filter(control -> control.phase() == Phase.MIGRATED)
                .isPresent();
    }
}
