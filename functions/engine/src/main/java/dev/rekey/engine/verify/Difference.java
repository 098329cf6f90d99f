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
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Difference(String verdict, TableName table, String record, List<String> attributes) {
    public Difference {
        // An empty list is not written, so it is not read either.
        attributes = attributes == null ? List.of() : List.copyOf(attributes);
    }
}
