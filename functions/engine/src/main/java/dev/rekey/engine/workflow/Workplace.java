package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.store.Tables;

/** Where a worker works in a run: in a table, or in a part of one. */
record Workplace(Ports ports, Task task, RunContext run, TableName table) {
    Workplace with(RunContext other) {
        return new Workplace(ports, task, other, table);
    }

    TablePlan plan() {
        return run.plan().table(table);
    }

    TableOfRun ofRun() {
        return run.manifest().table(table);
    }

    Source source(Pacing pacing) {
        return ports.source(run, pacing);
    }

    /** Where records of the table are written. */
    Tables written(Pacing pacing) {
        return ports.target(run, table, pacing);
    }

    UndoLog log() {
        return new UndoLog(ports.documents(), task.folder());
    }

    /** What records take of others, of which those that pages refer to are remembered. */
    ReferredValues referred(Pacing pacing) {
        return ReferredValues.of(run, source(pacing), ports.documents());
    }
}
