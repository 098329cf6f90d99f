package dev.rekey.engine.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.scan.TargetReader;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.undo.LogBatch;
import dev.rekey.engine.undo.UndoLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Answers answers = new Answers();

    /**
     * What is to be copied.
     *
     * @param epoch in which the work was handed out
     * @param writes what earlier runs of the plan wrote to the table
     */
    public record Work(
            RunId run,
            int epoch,
            TablePlan plan,
            TableOfRun table,
            RecordMapping mapping,
            Segment segment,
            EarlierWrites writes) {}

    public CopySegment(Work work, SourcePages source, Tables target, UndoLog log, Invocation invocation) {
        this.work = work;
        this.source = source;
        this.target = target;
        this.log = new PageLog(
                log,
                new PageLog.Place(
                        work.run(),
                        work.epoch(),
                        work.plan().name(),
                        work.table().target().table(),
                        work.segment(),
                        invocation.owner()));
        this.invocation = invocation;
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        if (redone) {
            log.lookBack(at.page());
        }
        var scanned = source.page(work.segment(), at.cursor());
        var rows = new ArrayList<Row>(scanned.items().size());
        for (var record : scanned.items()) {
            switch (work.mapping().map(record)) {
                case MappingOutcome.FilteredOut _ -> {}
                case MappingOutcome.Mapped mapped -> rows.add(row(record, mapped.item()));
                case MappingOutcome.Unmappable unmappable -> {
                    return new PageOutcome.Failed(CopyFailures.unmappable(work, record, unmappable));
                }
            }
        }
        return write(at, rows, scanned.items().size(), scanned.next());
    }

    private PageOutcome write(Checkpoint at, List<Row> rows, int read, Optional<JsonNode> next) {
        var twice = TargetWriter.twice(rows);
        if (twice.isPresent()) {
            return new PageOutcome.Failed(CopyFailures.collision(work, rows, twice.get()));
        }
        var found = new TargetReader(target, work.table().target(), invocation)
                .read(rows.stream().map(Row::newKey).toList());
        var classification = new Classification(work.plan().onConflict(), log.earlier(), work.writes());
        var classified = new ArrayList<Classified>(rows.size());
        for (var row : rows) {
            var one = classification.of(row, Optional.ofNullable(found.get(row.newKey())));
            if (one.isEmpty()) {
                return new PageOutcome.Failed(CopyFailures.conflict(work, row));
            }
            classified.add(one.get());
        }
        var header = log.header(at.page());
        if (invocation.isOver() || !logged(header, classified)) {
            return new PageOutcome.Again();
        }
        if (writer().write(classified)) {
            return new PageOutcome.Advanced(next, counts(read, classified))
                    .logged(header.place().attempt());
        }
        disclaim(header.next(), classified);
        return new PageOutcome.Again();
    }

    /**
     * Logs at once what others wrote: the attempt before says that it is to be ours, and the next reader of that, be it
     * another process, must not take it for ours because it equals ours. If the name is taken, somebody else works on the
     * page; then nothing is lost but this knowledge.
     */
    private void disclaim(LogBatch.Header header, List<Classified> classified) {
        var failed = answers.takeFailed();
        var theirs = classified.stream()
                .filter(Classified::standsWhereNothingIsOurs)
                .map(Classified::row)
                .filter(row -> failed.contains(row.newKey()))
                .map(Classified::identical)
                .toList();
        if (!theirs.isEmpty()) {
            var _ = logged(header, theirs);
        }
    }

    private boolean logged(LogBatch.Header header, List<Classified> classified) {
        return log.append(header, classified.stream().map(Classified::entry).toList());
    }

    private TargetWriter writer() {
        return new TargetWriter(
                target,
                work.table().target(),
                invocation,
                !DerivedKeys.areUnguessable(work.plan(), work.table().source()),
                answers);
    }

    private Row row(Map<String, AttributeValue> record, Map<String, AttributeValue> item) {
        return new Row(
                work.table().source().keyOf(record),
                work.table().target().keyOf(item),
                RecordDigest.of(record),
                item,
                RecordDigest.of(item),
                work.table().target().expiryOf(item));
    }

    private static Map<Counted, Long> counts(int read, List<Classified> classified) {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        counts.put(Counted.READ, (long) read);
        counts.put(Counted.FILTERED, (long) read - classified.size());
        for (var one : classified) {
            counts.merge(one.operation().outcome(), 1L, Long::sum);
        }
        return counts;
    }

    /** Why a page cannot be copied. */
    static Failure failure(Work work, String id, String message) {
        return Failure.in(work.plan().name(), id, message);
    }
}
