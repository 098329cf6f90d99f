package dev.rekey.engine.workflow;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.ActiveWorkers.Part;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.ReferringSegment;
import dev.rekey.engine.undo.RollbackSegment;
import dev.rekey.engine.undo.StillReferred;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Undoes one segment, in the way that the run's control says. */
public record UndoState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var run = ports.runs().withoutOrphans(ports.documents(), task.run());
        var name = item.table().orElseThrow();
        if (item.level() == WorkLists.REFERRING) {
            return referring(task, item, run);
        }
        // What was created comes last of all: records of its own level may refer to it.
        return name.isCreated() && item.level() != WorkLists.CREATED
                ? new SegmentOutcome.Done(Map.of())
                : undone(task, item, run);
    }

    private SegmentOutcome undone(Task task, WorkItem item, RunContext run) {
        var documents = ports.documents();
        var name = item.table().orElseThrow();
        var undoing = ports.control(task).undoing();
        var stage = undoing.stage();
        var parts = name.isCreated()
                ? List.of(new Part(stage, name, item.of()))
                : ActiveWorkers.Part.of(stage, run.manifest(), item.level());
        var pacing = ports.pacing(task, parts);
        return new UndoneSegment(ports, task, run, item)
                .run(
                        stage,
                        undoing,
                        pacing,
                        work -> new RollbackSegment(
                                work,
                                ports.target(run, name, pacing),
                                name.isCreated() ? stillReferred(task, run, name) : _ -> false,
                                documents,
                                ports.invocation(),
                                pacing::pageRecords));
    }

    /** Whether others refer to the record that the run has created under a key. */
    private Predicate<Key> stillReferred(Task task, RunContext run, TableName name) {
        var plan = run.plan().table(name);
        var self = KeyRoles.self(plan, run.manifest().table(name).target()).orElseThrow();
        var referred = StillReferred.find(ports.documents(), task.folder(), task.task());
        return key -> OldId.read(self.type(), key.attributes().get(self.name())) instanceof OldId id
                && referred.contains(plan.family(), id);
    }

    /** Looks in one segment for references to what the run has created. Reads consistently. */
    private SegmentOutcome referring(Task task, WorkItem item, RunContext run) {
        var unit = item.table().orElseThrow();
        var stage = Stage.referring(task.task());
        var pacing = ports.pacing(task, List.of(new Part(stage, unit, item.of())));
        var records = ports.targetRecords(run, unit, pacing)
                .read(new Division(run.manifest().shapes(unit).target(), item.of(), List.of(), 0, true));
        var created = FrozenCreated.of(ports.documents(), task.folder(), run.known());
        var step = new ReferringSegment(run, task.task(), unit, item.segment(), created, records, ports.documents());
        return new LeasedSegment(ports, task, pacing).run(stage, item, step);
    }
}
