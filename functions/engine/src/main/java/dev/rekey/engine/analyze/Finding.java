package dev.rekey.engine.analyze;

import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;

/**
 * A record that stands in the way of a migration, or that somebody should look at before.
 *
 * @param severity an error keeps the run from writing, a warning does not
 * @param id stable, such as {@code mapping.wrong-type}
 * @param path attribute, reference path or check
 * @param message types, lengths and ids, no other content
 * @param record key of the record in the source, as DynamoDB JSON; {@link #NO_RECORD} if none is known
 * @param count how many values stand behind this finding, at least 1
 */
public record Finding(
        Severity severity, String id, TableName table, String path, String message, String record, long count) {
    public static final String NO_RECORD = "";

    boolean namesRecord() {
        return !record.equals(NO_RECORD);
    }
}
