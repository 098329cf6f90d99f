package dev.rekey.engine.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.engine.plan.TableName;
import java.util.List;

/**
 * One record or reference that verification has something to say of.
 *
 * @param verdict its word
 * @param record key of the target record, or of the source record where there is none, as DynamoDB JSON
 * @param attributes names of the attributes that differ
 * @param changes where exactly, the first of them
 * @param places how many these are, if they are more than {@code changes}; of a dangling reference, how many values of this
 *     path refer to the same record, if more than one; 0 if not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Difference(
        String verdict,
        TableName table,
        String record,
        List<String> attributes,
        List<Change> changes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int places) {
    public Difference {
        // An empty list is not written, so it is not read either.
        attributes = attributes == null ? List.of() : List.copyOf(attributes);
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    public Difference(Verdict verdict, TableName table, String record, List<String> attributes) {
        this(verdict.word(), table, record, attributes, List.of(), 0);
    }

    /** Whether what it says is a failure. */
    public boolean fails() {
        return Verdict.of(verdict).isFailure();
    }
}
