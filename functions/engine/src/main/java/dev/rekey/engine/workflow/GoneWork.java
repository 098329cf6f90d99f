package dev.rekey.engine.workflow;

import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.GoneNow;
import dev.rekey.engine.migrate.DeleteSegment;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.undo.ReferredGone;
import dev.rekey.engine.undo.ReferredGone.Referrers;
import dev.rekey.engine.verify.VerifyGone;
import dev.rekey.engine.verify.VerifyWork;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies that are deleted because their source records are gone. */
record GoneWork(Workplace at) implements KindOfWork {
    @Override
    public PageStep migrating(WorkItem item, Pacing pacing) {
        var documents = at.ports().documents();
        var task = at.task();
        var table = at.table().named();
        var still = FrozenGone.Still.keys(documents, task.folder(), task.task());
        var work = new DeleteSegment.Work(
                task.run(),
                task.epoch(),
                at.table(),
                at.ofRun().target(),
                item.segment(),
                frozen(),
                still.getOrDefault(table, Set.of()),
                new ReferredGone(at.run(), documents, task.task())
                        .kept(table, still)
                        .keySet());
        return new DeleteSegment(
                work, now(pacing), at.written(pacing), at.log(), at.ports().invocation());
    }

    @Override
    public PageSteps given(Pacing pacing) {
        throw new IllegalStateException("a test deletes nothing, and not in " + at.table());
    }

    @Override
    public PageStep comparing(VerifyWork work, Pacing pacing) {
        var ports = at.ports();
        return new VerifyGone(
                at.run(),
                work,
                frozen(),
                now(pacing),
                new KeyReader(at.written(pacing), at.ofRun().target(), ports.invocation()),
                new Once<>(() -> referred(work)),
                ports.later(at.task(), at.run()),
                ports.documents(),
                ports.invocation());
    }

    @Override
    public boolean isReadWithTable() {
        return true;
    }

    private Map<String, Referrers> referred(VerifyWork work) {
        var documents = at.ports().documents();
        return new ReferredGone(at.run(), documents, work.task())
                .kept(
                        at.table().named(),
                        FrozenGone.Still.keys(documents, at.task().folder(), work.task()));
    }

    private List<FrozenGone.Gone> frozen() {
        return FrozenGone.of(at.ports().documents(), at.run().manifest())
                .of(at.table().named());
    }

    private GoneNow now(Pacing pacing) {
        var table = at.table().named();
        var writes = new EarlierWrites(at.ports().documents(), at.run().manifest(), table);
        return new GoneNow(at.run(), table, at.source(pacing), writes);
    }
}
