package dev.rekey.engine.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.AnalyzedRecords;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.PassedOver;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RecordKinds.Assigned;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.PageTally;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Copies one segment, page by page. Undo before effect, checkpoint after effect: the log of a page is durable before the
 * first write of the page, and the caller writes the checkpoint after the last.
 */
public final class CopySegment implements PageStep {
    private final Work work;
    private final SourcePages source;
    private final Tables target;
    private final PageLog log;
    private final Invocation invocation;
    private final LoggedWriting writing;

    /**
     * What is to be copied.
     *
     * @param epoch in which the work was handed out
     * @param name of the table that the segment is of
     * @param tables whose records are in the segment
     * @param analyzed what the analysis has read; empty if there was none, as for a test
     * @param alone whether nobody else writes under the new key of the source record with a key
     */
    public record Work(
            RunId run,
            int epoch,
            TableName name,
            TableOfRun table,
            RecordKinds<CopiedTable> tables,
            Segment segment,
            Optional<AnalyzedRecords> analyzed,
            Predicate<Key> alone) {}

    public CopySegment(Work work, SourcePages source, Tables target, UndoLog log, Invocation invocation) {
        this.work = work;
        this.source = source;
        this.target = target;
        this.log = new PageLog(
                log,
                new PageLog.Place(
                        work.run(),
                        work.epoch(),
                        work.name(),
                        work.table().target().table(),
                        work.segment(),
                        invocation.owner()));
        this.invocation = invocation;
        var answers = new Answers();
        this.writing = new LoggedWriting(
                this.log,
                this::entry,
                () -> new TargetWriter(
                        target,
                        work.table().target(),
                        invocation,
                        row -> !work.alone().test(row.oldKey()),
                        answers),
                answers,
                invocation);
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        if (redone) {
            log.lookBack(at.page());
        }
        var scanned = source.page(work.segment(), at.cursor());
        var rows = new ArrayList<Row>(scanned.items().size());
        var passed = new PassedOver.Notes();
        var left = new LeftOut(work, log.earlier().values(), passed);
        var tally = new PageTally(work.tables(), Counted.READ, Counted.FILTERED);
        for (var record : scanned.items()) {
            var assigned = work.tables().of(record);
            if (assigned.isEmpty()) {
                passed.add(work.table().source().keyOf(record));
                continue;
            }
            var table = assigned.get().table();
            tally.count(table, Counted.READ);
            switch (mapped(assigned.get(), record)) {
                case MappingOutcome.FilteredOut _ -> {
                    tally.count(table, Counted.FILTERED);
                    passed.add(work.table().source().keyOf(record));
                }
                case MappingOutcome.MergedAway _ -> tally.count(table, Counted.MERGED);
                case MappingOutcome.Mapped mapped -> rows.add(row(table, record, mapped.item()));
                case MappingOutcome.Unmappable why -> {
                    if (!left.takes(assigned.get(), record)) {
                        return new PageOutcome.Failed(CopyFailures.unmappable(work, table, record, why));
                    }
                }
            }
        }
        return write(at, left.withoutTwins(rows), left, passed, tally, scanned.next());
    }

    private static MappingOutcome mapped(Assigned<CopiedTable> table, Map<String, AttributeValue> record) {
        return table.fault()
                .<MappingOutcome>map(fault -> fault)
                .orElseGet(() -> table.with().copying().apply(record));
    }

    private PageOutcome write(
            Checkpoint at,
            List<Row> rows,
            LeftOut left,
            PassedOver.Notes passed,
            PageTally tally,
            Optional<JsonNode> next) {
        var twice = TargetWriter.twice(rows);
        if (twice.isPresent()) {
            return new PageOutcome.Failed(CopyFailures.collision(work.name(), rows, twice.get()));
        }
        var found = new KeyReader(target, work.table().target(), invocation)
                .read(rows.stream().map(Row::newKey).toList());
        var classified = new ArrayList<Classified>(rows.size());
        for (var row : rows) {
            var one = classification(row).of(row, Optional.ofNullable(found.get(row.newKey())));
            if (one.isEmpty() && !left.takes(row)) {
                return new PageOutcome.Failed(CopyFailures.conflict(work, row));
            }
            one.ifPresent(classified::add);
        }
        var header = log.header(at.page()).passing(passed);
        var attempt = writing.write(header, classified, left.entries());
        if (attempt.isEmpty()) {
            return new PageOutcome.Again();
        }
        classified.forEach(one -> tally.count(one.row().table(), one.operation().outcome()));
        left.count(tally);
        return tally.advanced(next).logged(attempt.getAsInt());
    }

    private Classification classification(Row row) {
        var table = work.tables().get(row.table());
        return new Classification(table.plan().onConflict(), log.earlier(), table.writes());
    }

    private LogEntry entry(Classified one) {
        return work.tables().areSeveral() ? one.entry().in(one.row().table()) : one.entry();
    }

    private Row row(TableName table, Map<String, AttributeValue> record, Map<String, AttributeValue> item) {
        return new Row(
                table,
                work.table().source().keyOf(record),
                work.table().target().keyOf(item),
                work.tables().get(table).mapping().digest(record),
                item,
                RecordDigest.of(item),
                work.table().target().expiryOf(item));
    }

    /** Why a page cannot be copied. */
    static Failure failure(TableName table, String id, String message) {
        return Failure.in(table, id, message);
    }
}
