package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.AnalyzedRecords;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.OrphansNow;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.migrate.CopiedTable;
import dev.rekey.engine.migrate.CopySegment;
import dev.rekey.engine.migrate.DeleteSegment;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.migrate.UpdateSegment;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.NewKeys;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.ReferredGone;
import dev.rekey.engine.undo.UndoLog;
import java.util.Optional;

/** Copies one segment, changes its records in place, or deletes what is gone. */
public record CopyState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var run = ports.runs()
                .at(ports.documents(), ports.runs().withOrphans(ports.documents(), task.run()), item.level());
        var pacing = ports.pacing(task, ActiveWorkers.Part.of(Stage.COPY, run.manifest(), item.level()));
        var step = step(task, item, run, pacing);
        return new LeasedSegment(ports, task, pacing).run(Stage.COPY, item, step);
    }

    private PageStep step(Task task, WorkItem item, RunContext run, Pacing pacing) {
        var name = item.table().orElseThrow();
        if (name.isGone()) {
            return deleting(task, item, run, pacing);
        }
        return run.plan().table(name).isInPlace()
                ? updating(task, item, run, pacing)
                : copying(task, item, run, pacing);
    }

    private PageStep deleting(Task task, WorkItem item, RunContext run, Pacing pacing) {
        var documents = ports.documents();
        var part = item.table().orElseThrow();
        var table = part.named();
        var work = new DeleteSegment.Work(
                task.run(),
                task.epoch(),
                part,
                run.manifest().table(part).target(),
                item.segment(),
                FrozenGone.of(documents, run.manifest()).of(table),
                FrozenGone.Still.find(documents, task.folder(), task.task(), table)
                        .keys(),
                new ReferredGone(run, documents, task.task()).kept(table));
        return new DeleteSegment(
                work,
                ports.goneNow(run, part, pacing),
                ports.target(run, part, pacing),
                new UndoLog(documents, task.folder()),
                ports.invocation());
    }

    private PageStep copying(Task task, WorkItem item, RunContext frozen, Pacing pacing) {
        var documents = ports.documents();
        var referred = ReferredValues.of(frozen, ports.source(frozen, pacing), documents);
        var run = frozen.taking(referred);
        var name = item.table().orElseThrow();
        var work = new CopySegment.Work(
                task.run(),
                task.epoch(),
                name,
                run.manifest().table(name),
                copied(documents, run, name),
                item.segment(),
                Optional.of(new AnalyzedRecords(documents, run)),
                NewKeys.areKnownToNobody(run, name));
        var source = ports.records(run, name, pacing, run.plan().source().consistentRead());
        return new CopySegment(
                work,
                referred.with(name, source),
                ports.target(run, name, pacing),
                new UndoLog(documents, task.folder()),
                ports.invocation());
    }

    /** The tables whose records are in the segments of {@code unit}. */
    static RecordKinds<CopiedTable> copied(Documents documents, RunContext run, TableName unit) {
        return RecordKinds.of(
                run,
                unit,
                table -> new CopiedTable(
                        run.plan().table(table),
                        run.mapping(table),
                        run.copying(table),
                        new EarlierWrites(documents, run.manifest(), table)));
    }

    /** The same of records that are changed in place. */
    static RecordKinds<InPlaceRecords> changed(Documents documents, RunContext run, TableName unit) {
        return RecordKinds.of(
                run,
                unit,
                table -> new InPlaceRecords(
                        run.inPlaceMapping(table, new EarlierWrites(documents, run.manifest(), table)::wroteValue),
                        run.manifest().table(table).source()));
    }

    /** Reads consistently: what an earlier attempt wrote must be seen. */
    private PageStep updating(Task task, WorkItem item, RunContext frozen, Pacing pacing) {
        var name = item.table().orElseThrow();
        var source = ports.source(frozen, pacing);
        var orphans = new OrphansNow(
                frozen,
                FamilyRecords.ofSource(frozen, source, ports.invocation().concurrency()),
                ports.documents(),
                ports.runs().created(ports.documents(), frozen));
        var referred = ReferredValues.of(frozen.with(orphans), source, ports.documents());
        var run = frozen.with(orphans).taking(referred);
        var shape = run.manifest().table(name).source();
        var tables = changed(ports.documents(), run, name);
        return new UpdateSegment(
                new UpdateSegment.Work(task.run(), task.epoch(), name, shape, tables, item.segment()),
                referred.with(name, orphans.with(name, ports.records(run, name, pacing, true))),
                ports.target(run, name, pacing),
                new UndoLog(ports.documents(), task.folder()),
                ports.invocation());
    }
}
