package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.undo.RollbackSegment;
import java.util.EnumMap;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One segment whose log is gone through by a rollback. If several tables share it, each has checkpoints of its own, so that
 * one of them can be rolled back by itself; they are worked on one after the other.
 */
record UndoneSegment(Ports ports, Task task, RunContext run, WorkItem item) {

    /** @param step the work on the records of one table, with the ports that it is given */
    SegmentOutcome run(
            Stage stage, Undoing undoing, Pacing pacing, BiFunction<Ports, RollbackSegment.Work, PageStep> step) {
        var unit = item.table().orElseThrow();
        var counts = new EnumMap<Counted, Long>(Counted.class);
        for (var table : new UndoLists(ports.documents(), run.manifest(), run.plan()).tables(undoing, unit)) {
            var ofTable = new WorkItem(Optional.of(table), item.side(), item.index(), item.of(), item.level());
            switch (new LeasedSegment(ports, task, pacing)
                    .run(stage, ofTable, ofPages -> step.apply(ofPages, work(table, unit, undoing)))) {
                case SegmentOutcome.Done done -> Counted.add(done.counts(), counts);
                case SegmentOutcome unfinished -> {
                    return unfinished;
                }
            }
        }
        return new SegmentOutcome.Done(counts);
    }

    private RollbackSegment.Work work(TableName table, TableName unit, Undoing undoing) {
        return new RollbackSegment.Work(
                task.folder(),
                table,
                unit,
                item.segment(),
                run.manifest().table(table).target(),
                undoing);
    }
}
