package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.undo.LaterReferences;
import java.util.Optional;
import java.util.Set;

/** Refuses to roll back a run alone while records of a later one refer to what it would delete. */
record ReliedOn(Ports ports) {

    /** Reads what later runs wrote where it may refer to records of the run. Where no run came after it, it reads nothing. */
    Optional<String> refusal(Manifest manifest, Set<TableName> tables, Undoing undoing) {
        // Of a part by values, only records that were changed in place are rolled back.
        return undoing.where().isEmpty()
                ? later(manifest, tables).map(later -> sentence(manifest, later))
                : Optional.empty();
    }

    private Optional<Manifest> later(Manifest manifest, Set<TableName> tables) {
        var documents = ports.documents();
        return new LaterRuns(documents)
                .writersAfter(manifest)
                .filter(later ->
                        new LaterReferences(documents, run(manifest), tables, this::reader).existIn(run(later)))
                .findFirst();
    }

    private RunContext run(Manifest manifest) {
        return ports.runs().withoutOrphans(ports.documents(), manifest.run());
    }

    private KeyReader reader(RunContext run, TableName table) {
        var pacing = new Pacing(ports.invocation(), ActiveWorkers.alone(ports.documents(), run.folder()));
        return new KeyReader(
                ports.target(run, table, pacing), run.manifest().table(table).target(), ports.invocation());
    }

    private static String sentence(Manifest manifest, Manifest later) {
        return ("Cannot roll back run %s: records of run %s, which is newer, refer to records that this would delete. Nothing was changed."
                        + " Roll back the later run first: rekey rollback --run %2$s, or both: rekey rollback --run %1$s --with-later.")
                .formatted(manifest.run(), later.run());
    }
}
