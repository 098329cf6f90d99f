package dev.rekey.engine.verify;

import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import java.util.Map;

/** Reads one segment of a target table, for what only the target can tell: identities and keys that are there. */
public final class VerifyTarget implements PageStep {
    private final TablePlan plan;
    private final TableShape shape;
    private final RecordMapping mapping;
    private final Segment segment;
    private final SourcePages target;
    private final Spills spills;
    private final VerifyScope scope;

    public VerifyTarget(RunContext run, VerifyWork work, SourcePages target, Documents documents) {
        this.plan = run.plan().table(work.table());
        this.shape = run.manifest().table(work.table()).target();
        this.mapping = run.mapping(work.table());
        this.segment = work.segment();
        this.target = target;
        this.spills = new Spills(run, work, documents);
        this.scope = work.scope();
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = target.page(segment, at.cursor());
        var spill = spills.empty();
        var digest = TableDigest.EMPTY;
        var values = spills.values();
        values.ifPresent(spill::values);
        for (var record : scanned.items()) {
            digest = digest.plus(RecordDigest.of(record));
            var key = shape.keyOf(record);
            if (!plan.isInPlace() && scope.includes(plan.name(), record)) {
                // In place there are no new keys that nobody logged.
                spill.present(plan.name(), key);
            }
            values.ifPresent(seen -> seen.in(record));
            mapping.ownId(record).ifPresent(id -> spill.definedInTarget(plan.family(), id, key));
        }
        spills.write(Spill.TARGET, at.page(), spill, redone);
        return new PageOutcome.Advanced(
                scanned.next(),
                Map.of(Counted.TARGET_RECORDS, (long) scanned.items().size()),
                Map.of("target", digest));
    }
}
