package dev.rekey.engine.verify;

import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.ReferredGone;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one segment of a target table, for what only the target can tell: identities and keys that are there. */
public final class VerifyTarget implements PageStep {
    private final TableName unit;
    private final TableShape shape;
    private final RecordKinds<VerifiedTable> tables;
    private final Segment segment;
    private final SourcePages target;
    private final Spills spills;
    private final VerifyScope scope;
    private final Optional<ReferredGone> referred;

    /** @param referred finds references to what the run is to delete; empty if it deletes nothing */
    public VerifyTarget(
            RunContext run, VerifyWork work, SourcePages target, Optional<ReferredGone> referred, Documents documents) {
        this.shape = run.manifest().table(work.table()).target();
        this.tables = RecordKinds.of(run, work.table(), name -> VerifiedTable.of(run, name));
        this.segment = work.segment();
        this.target = target;
        this.spills = new Spills(run, work, documents);
        this.scope = work.scope();
        this.referred = referred;
        this.unit = work.table();
    }

    /** What is seen of the records of one table on a page. */
    private static final class Seen {
        private TableDigest digest = TableDigest.EMPTY;
        private long records;

        Gathered gathered() {
            return new Gathered(Map.of(Counted.TARGET_RECORDS, records), Map.of("target", digest));
        }
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var scanned = target.page(segment, at.cursor());
        var spill = spills.empty();
        var seen = new HashMap<TableName, Seen>();
        tables.all().keySet().forEach(name -> seen.put(name, new Seen()));
        var referring = referred.map(ReferredGone::page);
        for (var record : scanned.items()) {
            tables.of(record).ifPresent(assigned -> {
                see(assigned.with(), record, seen.get(assigned.table()), spill);
                referring.ifPresent(one -> one.see(assigned.table(), shape.keyOf(record), record));
            });
        }
        referring.ifPresent(one -> one.write(unit, segment, at.page(), redone));
        spills.write(Spill.TARGET, at.page(), spill, redone);
        var gathered = new HashMap<TableName, Gathered>();
        seen.forEach((table, one) -> gathered.put(table, one.gathered()));
        return PageOutcome.Advanced.of(scanned.next(), gathered, tables.areSeveral());
    }

    private void see(VerifiedTable table, Map<String, AttributeValue> record, Seen seen, Spill spill) {
        seen.records++;
        seen.digest = seen.digest.plus(RecordDigest.of(record));
        var key = shape.keyOf(record);
        if (!table.plan().isInPlace() && scope.includes(table.name(), record)) {
            // In place there are no new keys that nobody logged.
            spill.present(table.name(), key);
        }
        table.mapping()
                .ownId(record)
                .ifPresent(id -> spill.definedInTarget(table.plan().family(), id, key));
    }
}
