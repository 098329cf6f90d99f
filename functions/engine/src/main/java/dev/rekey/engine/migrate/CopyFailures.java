package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.migrate.CopySegment.Work;
import dev.rekey.engine.run.Failure;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The failures of a copy, as a person reads them. */
final class CopyFailures {
    private CopyFailures() {}

    static Failure conflict(Work work, Row row) {
        return CopySegment.failure(
                row.table(),
                "copy.conflict",
                "Cannot copy record %s of %s: the target table %s holds other content under %s. The target record"
                                .formatted(
                                        ids(row.oldKey()),
                                        row.table(),
                                        work.table().target().table(),
                                        ids(row.newKey()))
                        + " was not changed. Remove it, or set onConflict to skip or overwrite for this table.");
    }

    static Failure collision(TableName table, List<Row> rows, Key twice) {
        var old = rows.stream()
                .filter(row -> row.newKey().equals(twice))
                .map(row -> ids(row.oldKey()))
                .toList();
        return CopySegment.failure(
                table,
                "copy.collision",
                "Cannot copy records %s of %s: they all get the new key %s. None of them was written. Give the"
                                .formatted(String.join(" and ", old), table, ids(twice))
                        + " family more digits, or another namespace. If merges make one id of several, keep these records apart.");
    }

    static Failure unmappable(Work work, TableName table, Map<String, AttributeValue> record, Unmappable why) {
        return CopySegment.failure(
                table,
                why.id(),
                "Cannot copy record %s of %s: %s at %s. The record was not written. Correct it in the source or the"
                                .formatted(ids(work.table().source().keyOf(record)), table, why.message(), why.path())
                        + " plan, then start again.");
    }

    private static String ids(Key key) {
        return TypedJson.text(key.attributes());
    }
}
