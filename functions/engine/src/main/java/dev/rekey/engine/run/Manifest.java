package dev.rekey.engine.run;

import dev.rekey.engine.plan.Fingerprint;
import dev.rekey.engine.plan.PlanName;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.table.TableShape;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is frozen when a run is prepared.
 *
 * @param format 1
 * @param execution ARN of the execution that is this run
 * @param levels the tables of each level, level 1 first
 * @param partitions number of parts that joins are split into, at least 1
 * @param asked what was asked for beside the plan
 */
public record Manifest(
        int format,
        RunId run,
        String action,
        String execution,
        Instant startedAt,
        PlanName plan,
        Fingerprint fingerprint,
        List<List<TableName>> levels,
        Map<TableName, TableOfRun> tables,
        int partitions,
        Asked asked) {
    public Manifest {
        // Runs that were prepared before this was written down.
        asked = asked == null ? Asked.NOTHING : asked;
    }

    /**
     * One table of the run.
     *
     * @param segments number of segments that the source is scanned in
     * @param targetSegments number of segments that the target is scanned in
     * @param targetWasEmpty whether the target held nothing when the run was prepared
     * @param estimatedRecords from a probe of the source; exact for tables of one page
     * @param estimatedBytes from the same probe
     */
    public record TableOfRun(
            int level,
            TableShape source,
            TableShape target,
            int segments,
            int targetSegments,
            boolean targetWasEmpty,
            long estimatedRecords,
            long estimatedBytes) {}

    /** The table that the plan calls {@code name}. */
    public TableOfRun table(TableName name) {
        var table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("run " + run + " has no table " + name);
        }
        return table;
    }

    /** Names of the tables of level {@code number}, counted from 1. */
    public List<TableName> level(int number) {
        return levels.get(number - 1);
    }
}
