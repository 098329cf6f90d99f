package dev.rekey.engine.migrate;

import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.AnalyzedRecords;
import dev.rekey.engine.migrate.CopySegment.Work;
import dev.rekey.engine.run.RecordKinds.Assigned;
import dev.rekey.engine.segment.PageTally;
import dev.rekey.engine.undo.LogEntry;
import dev.rekey.engine.undo.Logged;
import dev.rekey.engine.undo.Operation;
import dev.rekey.engine.undo.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The records of a page that cannot be written. What the analysis had with this content is our failure; anything else others
 * have written since, and it is left out, logged and late.
 */
final class LeftOut {
    private final Work work;
    private final Collection<Logged> earlier;
    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<TableName, Long> counts = new HashMap<>();

    /** @param earlier what earlier attempts may have written */
    LeftOut(Work work, Collection<Logged> earlier) {
        this.work = work;
        this.earlier = earlier;
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
        boolean itsOwn = table.fault().isEmpty()
                && copied.plan().set().values().stream()
                        .noneMatch(rule -> rule.through().isPresent());
        return itsOwn
                && copied.mapping()
                        .ownId(record)
                        .filter(id -> analyzed.had(copied.plan().family(), id, RecordDigest.of(record)))
                        .isPresent();
    }

    /** Whether a record whose place in the target is taken is left out. */
    boolean takes(Row row) {
        if (isAnalyzed(row)) {
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
                        .filter(row -> perKey.get(row.newKey()) == 1 || !takes(row))
                        .toList();
    }

    private boolean isAnalyzed(Row row) {
        return work.analyzed()
                .filter(analyzed -> !analyzed.had(row.table(), row.newKey(), row.source()))
                .isEmpty();
    }

    private void add(TableName table, Origin origin) {
        counts.merge(table, 1L, Long::sum);
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
