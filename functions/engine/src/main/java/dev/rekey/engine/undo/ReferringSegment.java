package dev.rekey.engine.undo;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Kinds;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LoggedCreations;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads one segment of a table, as a rollback has left it, for references to records that the run has created: these records
 * stay. References that were there before the run do not count.
 */
public final class ReferringSegment implements PageStep {
    private final TableName unit;
    private final Segment segment;
    private final TableShape shape;
    private final List<Referring> tables;
    private final Set<Identity> created = new HashSet<>();
    private final SourcePages records;
    private final Documents documents;
    private final RunContext run;
    private final RunId task;
    private Optional<ReferredBefore> before = Optional.empty();
    private final LoggedCreations creations;

    /**
     * @param task the rollback
     * @param created what the run has created
     * @param records of the segment, as they are where they were written
     */
    public ReferringSegment(
            RunContext run,
            RunId task,
            TableName unit,
            Segment segment,
            FrozenCreated created,
            SourcePages records,
            Documents documents) {
        this.run = run;
        this.task = task;
        this.unit = unit;
        this.segment = segment;
        this.shape = run.manifest().shapes(unit).target();
        this.tables = run.known().tables().stream()
                .filter(table -> table.unit().equals(unit) && !table.isRest())
                .map(table -> Referring.of(run, table.name()))
                .toList();
        created.all()
                .forEach(one -> this.created.add(new Identity(
                        one.family(), run.families().rule(one.family()).resulting(one.id()))));
        this.records = records;
        this.documents = documents;
        this.creations = new LoggedCreations(documents, run.manifest());
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var page = records.page(segment, at.cursor());
        var found = new LinkedHashSet<StillReferred.Reference>();
        for (var record : page.items()) {
            tables.stream()
                    .filter(table -> Kinds.belongs(record, table.plan()))
                    .forEach(table -> found.addAll(found(table, record)));
        }
        new PageLines(documents, unit, segment, at.page(), redone)
                .write(run.folder().referred(task), found);
        return new PageOutcome.Advanced(
                page.next(), Map.of(Counted.READ, (long) page.items().size()));
    }

    private Set<StillReferred.Reference> found(Referring table, Map<String, AttributeValue> record) {
        var found = new LinkedHashSet<StillReferred.Reference>();
        table.referred(record)
                .filter(one -> created.contains(one) && !wasBefore(table, record, one.id()))
                .forEach(one -> found.add(new StillReferred.Reference(one, ifCreated(table, record))));
        return found;
    }

    private boolean wasBefore(Referring table, Map<String, AttributeValue> record, OldId id) {
        if (!table.plan().isInPlace()) {
            return false;
        }
        if (before.isEmpty()) {
            before = Optional.of(ReferredBefore.load(documents, run.folder(), unit, segment));
        }
        return before.get().contains(ReferredBefore.Reference.of(table.plan().name(), shape.keyOf(record), id));
    }

    /** The record itself, if the run has created it and will take it back. */
    private Optional<Identity> ifCreated(Referring table, Map<String, AttributeValue> record) {
        var ours = creations.digests(table.plan().name(), shape.keyOf(record));
        return table.mapping()
                .ownId(record)
                .filter(_ -> !ours.isEmpty() && ours.contains(RecordDigest.of(record)))
                .map(id -> new Identity(table.plan().family(), id));
    }
}
