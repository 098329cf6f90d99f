package dev.rekey.engine.workflow;

import dev.rekey.engine.join.ListedPages;
import dev.rekey.engine.join.RecordsById;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.verify.VerifyWork;

/** Records that are merged away, of a table that is changed in place: changed when all references point to the survivors. */
record MergedAwayWork(Workplace at) implements KindOfWork {
    @Override
    public PageStep migrating(WorkItem item, Pacing pacing) {
        return new InPlaceWork(at).migrating(item, pacing, records(pacing));
    }

    @Override
    public PageSteps given(Pacing pacing) {
        return new InPlaceWork(at).given(pacing);
    }

    @Override
    public PageStep comparing(VerifyWork work, Pacing pacing) {
        return new InPlaceWork(at).comparing(work, pacing, records(pacing));
    }

    /** They are found by their ids: the level of their table has read all of it. */
    @Override
    public SourcePages written(Pacing pacing) {
        return records(pacing);
    }

    private SourcePages records(Pacing pacing) {
        var run = at.run();
        var ports = at.ports();
        var last = run.manifest().levels().size();
        var ids = FrozenMerges.at(ports.documents(), run.folder(), run.known(), last)
                .of(at.plan().family())
                .stream()
                .map(FrozenMerges.Merged::merged)
                .toList();
        var byId = RecordsById.of(
                at.plan(),
                at.ofRun().source(),
                at.source(pacing),
                ports.invocation().concurrency());
        return ListedPages.mergedAway(ids, byId);
    }
}
