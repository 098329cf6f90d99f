package dev.rekey.engine.migrate;

import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.AnalyzedRecords;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Origin;
import dev.rekey.engine.log.PassedOver;
import dev.rekey.engine.migrate.CopySegment.Work;
import dev.rekey.engine.run.RecordKinds.Assigned;
import dev.rekey.engine.segment.PageTally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The records of a page that cannot be written: left out, logged and late, if others are the reason. One that cannot be mapped, or
 * that has its key with others of the page, is our failure if the analysis had it with this content. That a place in the target is
 * taken is always the work of others: the analysis found none taken, and no two records with one key.
 */
final class LeftOut {
    private final Work work;
    private final Collection<Logged> earlier;
    private final PassedOver.Notes passed;
    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<TableName, Long> counts = new HashMap<>();

    /**
     * @param earlier what earlier attempts may have written
     * @param passed takes what is left out: a reference to it is no failure either
     */
    LeftOut(Work work, Collection<Logged> earlier, PassedOver.Notes passed) {
        this.work = work;
        this.earlier = earlier;
        this.passed = passed;
    }

    /** Whether a record that cannot be mapped is left out. */
    boolean takes(Assigned<CopiedTable> table, Map<String, AttributeValue> record) {
        if (work.analyzed().filter(analyzed -> !had(analyzed, table, record)).isEmpty()) {
            return false;
        }
        var key = work.table().source().keyOf(record);
        add(table.table(), new Origin(key, table.with().mapping().digest(record)));
        return true;
    }

    /** Of a record that belongs to no table of the plan, or that takes values of others, its own content does not tell. */
    private static boolean had(
            AnalyzedRecords analyzed, Assigned<CopiedTable> table, Map<String, AttributeValue> record) {
        var copied = table.with();
        boolean itsOwn = table.fault().isEmpty() && !copied.plan().takes();
        return itsOwn
                && copied.mapping()
                        .ownId(record)
                        .filter(id -> analyzed.had(copied.plan().family(), id, RecordDigest.of(record)))
                        .isPresent();
    }

    /** Whether a record whose place in the target is taken is left out: not where nothing was analyzed, as in a test. */
    boolean takes(Row row) {
        if (work.analyzed().isEmpty()) {
            return false;
        }
        add(row.table(), new Origin(row.oldKey(), row.source()));
        return true;
    }

    /** Without those that have a key with others, unless the analysis had them. */
    List<Row> withoutTwins(List<Row> rows) {
        var perKey = rows.stream().collect(Collectors.groupingBy(Row::newKey, Collectors.counting()));
        return perKey.size() == rows.size()
                ? rows
                : rows.stream()
                        .filter(row -> perKey.get(row.newKey()) == 1 || isAnalyzed(row) || !takes(row))
                        .toList();
    }

    private boolean isAnalyzed(Row row) {
        return work.analyzed()
                .filter(analyzed -> !analyzed.had(row.table(), row.newKey(), row.source()))
                .isEmpty();
    }

    private void add(TableName table, Origin origin) {
        counts.merge(table, 1L, Long::sum);
        passed.add(origin.key());
        // What an earlier attempt wrote of it stays ours, and is compared with the record as it is now.
        if (earlier.stream().noneMatch(logged -> logged.oldKeys().contains(origin.key()))) {
            entries.add(new LogEntry(
                    origin,
                    origin.key(),
                    new Operation.LeftOut(),
                    origin.content(),
                    Optional.empty(),
                    Optional.of(table).filter(_ -> work.tables().areSeveral())));
        }
    }

    List<LogEntry> entries() {
        return entries;
    }

    void count(PageTally tally) {
        counts.forEach((table, count) -> {
            for (long i = 0; i < count; i++) {
                tally.count(table, new Operation.LeftOut().outcome());
            }
        });
    }
}
