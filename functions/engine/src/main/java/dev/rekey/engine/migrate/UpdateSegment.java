package dev.rekey.engine.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.PassedOver;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.migrate.Planned.Prior;
import dev.rekey.engine.migrate.UpdateWriter.Unwritten;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.PageTally;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes the records of one segment where they are, page by page. Undo before effect, checkpoint after effect, as for a
 * copy. A record that somebody writes between the scan and the update is mapped and logged again by itself, in a supplement
 * to the attempt at its page.
 */
public final class UpdateSegment implements PageStep {
    /** So often a record may change between the moment that it is read and its update; then it is late. */
    static final int SUPPLEMENTS = 5;
    /** So many pages with nothing to do are read in a row before a checkpoint says so. */
    static final int IDLE_PAGES = 8;

    private final Work work;
    private final SourcePages source;
    private final Changing changing;
    private final PageLog log;
    private final UpdateWriter writer;
    private final Invocation invocation;

    /**
     * What is to be changed.
     *
     * @param epoch in which the work was handed out
     * @param table that the segment is of
     * @param tables whose records are in the segment
     */
    public record Work(
            RunId run,
            int epoch,
            TableName table,
            TableShape shape,
            RecordKinds<InPlaceRecords> tables,
            Segment segment) {}

    /** @param source reads consistently */
    public UpdateSegment(Work work, SourcePages source, Tables tables, UndoLog log, Invocation invocation) {
        var shape = work.shape();
        this.work = work;
        this.source = source;
        this.changing = new Changing(work.table(), shape, work.tables());
        this.log = new PageLog(
                log,
                new PageLog.Place(
                        work.run(), work.epoch(), work.table(), shape.table(), work.segment(), invocation.owner()));
        this.writer = new UpdateWriter(tables, shape, invocation);
        this.invocation = invocation;
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        if (redone) {
            log.lookBack(at.page());
        }
        var tally = new PageTally(work.tables(), Counted.READ, Counted.FILTERED);
        var passed = new PassedOver.Notes();
        var page = read(at.cursor(), tally, passed);
        var planned = page.planned();
        var header = log.header(at.page()).passing(passed);
        if (invocation.isOver() || !logged(header, planned.values())) {
            return new PageOutcome.Again();
        }
        var left = writer.write(List.copyOf(planned.values()));
        int supplements = 0;
        while (!left.isEmpty()) {
            boolean last = ++supplements == SUPPLEMENTS;
            var again = left.stream().map(one -> again(one, last)).toList();
            // At once, whatever the time: that these records were not written is known to nobody else.
            if (!logged(header.supplement(supplements), again)) {
                return new PageOutcome.Again();
            }
            again.forEach(one -> planned.put(one.key(), one));
            left = writer.write(again);
        }
        count(planned.values(), tally);
        return tally.advanced(page.next()).logged(log.objects(at.page()) + 1 + supplements);
    }

    /** What is to be done with the records of one page. */
    private record Page(Map<Key, Planned> planned, Optional<JsonNode> next) {
        /** A page with nothing to write and nothing to log needs no object and no checkpoint of its own. */
        boolean mayBeJoined() {
            return next.isPresent() && planned.values().stream().allMatch(Planned::isIdle);
        }
    }

    /** Reads one page. Pages before it that have nothing to do are counted, too. */
    private Page read(Optional<JsonNode> cursor, PageTally tally, PassedOver.Notes passed) {
        var page = page(cursor, passed);
        for (int idle = 1; idle < IDLE_PAGES && page.mayBeJoined() && !invocation.isOver(); idle++) {
            count(page.planned().values(), tally);
            page = page(page.next(), passed);
        }
        return page;
    }

    private Page page(Optional<JsonNode> cursor, PassedOver.Notes passed) {
        var scanned = source.page(work.segment(), cursor);
        var planned = new LinkedHashMap<Key, Planned>();
        for (var record : scanned.items()) {
            var key = work.shape().keyOf(record);
            var one = changing.of(record, prior(key));
            one.ifPresent(found -> planned.put(key, found));
            if (one.filter(found -> !found.isIdle()).isEmpty()) {
                passed.add(key);
            }
        }
        return new Page(planned, scanned.next());
    }

    private Prior prior(Key key) {
        return Optional.ofNullable(log.earlier().get(key))
                .map(logged -> Prior.of(logged.operation(), logged.table()))
                .orElse(Prior.NONE);
    }

    private Planned again(Unwritten one, boolean last) {
        return one.found()
                .flatMap(record -> last ? changing.givenUp(record, one.prior()) : changing.of(record, one.prior()))
                .orElseGet(() -> changing.gone(one.planned()));
    }

    private boolean logged(LogBatch.Header header, Collection<Planned> records) {
        return log.append(
                header, records.stream().flatMap(one -> one.entry().stream()).toList());
    }

    private static void count(Collection<Planned> records, PageTally tally) {
        for (var one : records) {
            tally.count(one.table(), Counted.READ);
            tally.count(one.table(), one.counted());
        }
    }
}
