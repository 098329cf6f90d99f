package dev.rekey.engine.workflow;

import dev.rekey.core.item.Key;
import dev.rekey.engine.join.AnalyzedRecords;
import dev.rekey.engine.run.NewKeys;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.verify.VerifyWork;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Records of a table that are copied. */
record CopiedWork(Workplace at) implements KindOfWork {
    @Override
    public PageStep migrating(WorkItem item, Pacing pacing) {
        return migrating(item, pacing, records(pacing, at.run().plan().source().consistentRead()));
    }

    PageStep migrating(WorkItem item, Pacing pacing, SourcePages records) {
        var referred = at.referred(pacing);
        var run = at.run().taking(referred);
        var analyzed = new AnalyzedRecords(at.ports().documents(), run);
        return new PageSteps.Copying(at.with(run), pacing, Optional.of(analyzed), alone())
                .migrating(item.segment(), referred.with(at.table(), records));
    }

    /** Whether nobody else writes the copy of a record: not of one that the run creates, whose real one may come. */
    private Predicate<Key> alone() {
        if (!NewKeys.areKnownToNobody(at.run(), at.table())) {
            return _ -> false;
        }
        var manifest = at.run().manifest();
        var source = at.ofRun().source();
        var created = at.ports().runs().created(at.ports().documents(), at.run()).all().stream()
                .filter(one -> manifest.shapes(one.table()).source().equals(source))
                .map(one -> source.keyOf(one.attributes()))
                .collect(Collectors.toSet());
        return key -> !created.contains(key);
    }

    @Override
    public PageSteps given(Pacing pacing) {
        return new PageSteps.Copying(at, pacing, Optional.empty(), _ -> false);
    }

    @Override
    public PageStep comparing(VerifyWork work, Pacing pacing) {
        return comparing(work, pacing, records(pacing, true));
    }

    PageStep comparing(VerifyWork work, Pacing pacing, SourcePages records) {
        var referred = at.referred(pacing);
        return new CopiedWork(at.with(at.run().taking(referred)))
                .given(pacing)
                .comparing(
                        work,
                        referred.with(at.table(), records, some -> at.ports().joined(some, pacing)));
    }

    private SourcePages records(Pacing pacing, boolean consistent) {
        return at.source(pacing).read(Division.ofSource(at.ofRun(), consistent));
    }
}
