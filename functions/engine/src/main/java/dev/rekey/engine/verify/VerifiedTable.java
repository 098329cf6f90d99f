package dev.rekey.engine.verify;

import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;

/** One table whose records are verified. */
record VerifiedTable(TablePlan plan, RecordMapping mapping) {
    static VerifiedTable of(RunContext run, TableName name) {
        return new VerifiedTable(run.plan().table(name), run.mapping(name));
    }

    TableName name() {
        return plan.name();
    }
}
