package dev.rekey.engine.workflow;

import dev.rekey.engine.join.OrphansNow;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.verify.VerifyWork;

/** Records of a table that are changed where they are. */
record InPlaceWork(Workplace at) implements KindOfWork {
    @Override
    public PageStep migrating(WorkItem item, Pacing pacing) {
        return migrating(item, pacing, records(pacing));
    }

    /** @param records read consistently: what an earlier attempt wrote must be seen */
    PageStep migrating(WorkItem item, Pacing pacing, SourcePages records) {
        var ports = at.ports();
        var orphans = new OrphansNow(
                at.run(),
                ports.inSource(at.run(), pacing),
                ports.documents(),
                ports.runs().created(ports.documents(), at.run()));
        var judging = at.with(at.run().with(orphans));
        var referred = judging.referred(pacing);
        return new PageSteps.Changing(judging.with(judging.run().taking(referred)), pacing)
                .migrating(item.segment(), referred.with(at.table(), orphans.with(at.table(), records)));
    }

    @Override
    public PageSteps given(Pacing pacing) {
        return new PageSteps.Changing(at, pacing);
    }

    @Override
    public PageStep comparing(VerifyWork work, Pacing pacing) {
        return comparing(work, pacing, records(pacing));
    }

    PageStep comparing(VerifyWork work, Pacing pacing, SourcePages records) {
        var referred = at.referred(pacing);
        return new InPlaceWork(at.with(at.run().taking(referred)))
                .given(pacing)
                .comparing(
                        work,
                        referred.with(at.table(), records, some -> at.ports().joined(some, pacing)));
    }

    private SourcePages records(Pacing pacing) {
        return at.source(pacing).read(Division.ofSource(at.ofRun(), true));
    }
}
