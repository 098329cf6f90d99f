package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunId;
import java.util.Optional;

/**
 * A record that stands in the way of a migration, or that somebody should look at before.
 *
 * @param severity an error keeps the run from writing, a warning does not, a note tells what the plan decides
 * @param id stable, such as {@code mapping.wrong-type}
 * @param path attribute, reference path or check
 * @param message types, lengths and ids, no other content
 * @param record key of the record in the source, as DynamoDB JSON; {@link #NO_RECORD} if none is known
 * @param count how many values stand behind this finding, at least 1
 * @param keptBy of what stands in the way in the target: the run that wrote it, and whose rollback kept it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Finding(
        Severity severity,
        String id,
        TableName table,
        String path,
        String message,
        String record,
        long count,
        Optional<RunId> keptBy) {
    public static final String NO_RECORD = "";

    public Finding(
            Severity severity, String id, TableName table, String path, String message, String record, long count) {
        this(severity, id, table, path, message, record, count, Optional.empty());
    }

    boolean namesRecord() {
        return !record.equals(NO_RECORD);
    }
}
