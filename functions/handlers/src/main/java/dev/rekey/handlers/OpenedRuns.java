package dev.rekey.handlers;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.mapping.Orphans;
import dev.rekey.engine.opened.FrozenOrphans;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.PlanReader;
import dev.rekey.engine.plan.PlanReading;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs as they are frozen in the bucket. What never changes is kept between invocations. */
final class OpenedRuns {
    private static final int KEPT = 8;

    private final Map<RunId, Frozen> frozen = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Frozen> eldest) {
            return size() > KEPT;
        }
    };

    private record Frozen(Plan plan, Manifest manifest) {}

    /** The run before its orphans are known. */
    OpenedRun withoutOrphans(Documents documents, RunId run) {
        return opened(documents, run, Orphans.NONE);
    }

    /** The run with the orphans that are frozen in it. */
    OpenedRun withOrphans(Documents documents, RunId run) {
        return opened(documents, run, FrozenOrphans.load(documents, new RunFolder(run)));
    }

    Plan plan(Documents documents, RunFolder folder) {
        var stored = documents.bytes(folder.planAsWritten()).orElseThrow();
        return switch (PlanReader.read(new String(stored.content(), StandardCharsets.UTF_8))) {
            case PlanReading.Valid valid -> valid.plan();
            case PlanReading.Invalid invalid ->
                throw new IllegalStateException("Cannot read " + folder.planAsWritten() + ": "
                        + invalid.problems().getFirst().message() + " Nothing was changed. Restore an earlier version"
                        + " of the object.");
        };
    }

    private OpenedRun opened(Documents documents, RunId run, Orphans orphans) {
        var known = known(run);
        if (known == null) {
            var folder = new RunFolder(run);
            known = new Frozen(
                    plan(documents, folder),
                    documents.get(folder.manifest(), Manifest.class).value());
            keep(run, known);
        }
        return OpenedRun.of(known.plan(), known.manifest(), orphans);
    }

    private synchronized Frozen known(RunId run) {
        return frozen.get(run);
    }

    private synchronized void keep(RunId run, Frozen one) {
        frozen.put(run, one);
    }
}
