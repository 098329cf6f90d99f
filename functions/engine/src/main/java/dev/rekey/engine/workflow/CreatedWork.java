package dev.rekey.engine.workflow;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.engine.join.ListedPages;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.ActiveWorkers.Part;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.undo.StillReferred;
import dev.rekey.engine.verify.VerifyWork;
import java.util.List;
import java.util.function.Predicate;

/** Records that are created because others refer to them: copied from the run's folder, wherever their table is written. */
record CreatedWork(Workplace at) implements KindOfWork {
    @Override
    public SourcePages analyzed(Pacing pacing) {
        return records();
    }

    @Override
    public PageStep migrating(WorkItem item, Pacing pacing) {
        return new CopiedWork(at).migrating(item, pacing, records());
    }

    @Override
    public PageSteps given(Pacing pacing) {
        return new CopiedWork(at).given(pacing);
    }

    @Override
    public PageStep comparing(VerifyWork work, Pacing pacing) {
        return new CopiedWork(at).comparing(work, pacing, records());
    }

    @Override
    public boolean isReadWithTable() {
        return true;
    }

    /** Last of all: records of its own level may refer to it. */
    @Override
    public boolean isUndoneAt(int level) {
        return level == WorkLists.CREATED;
    }

    @Override
    public List<Part> undoneWith(Stage stage, WorkItem item) {
        return List.of(new Part(stage, at.table(), item.of()));
    }

    @Override
    public Predicate<Key> stillReferred() {
        var plan = at.plan();
        var self = KeyRoles.self(plan, at.ofRun().target()).orElseThrow();
        var task = at.task();
        var referred = StillReferred.find(at.ports().documents(), task.folder(), task.task());
        return key -> OldId.read(self.type(), key.attributes().get(self.name())) instanceof OldId id
                && referred.contains(plan.family(), id);
    }

    private SourcePages records() {
        var ports = at.ports();
        return ListedPages.created(
                ports.runs().created(ports.documents(), at.run()).of(at.table().named()));
    }
}
