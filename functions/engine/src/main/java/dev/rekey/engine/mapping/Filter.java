package dev.rekey.engine.mapping;

import dev.rekey.engine.plan.Where;
import dev.rekey.engine.record.SameContent;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code where} of a table. */
@FunctionalInterface
interface Filter {
    /** @throws UnmappableException if there is no answer for {@code record} */
    boolean takes(Map<String, AttributeValue> record);

    static Filter of(Where where, Instant runStartedAt) {
        return switch (where) {
            case Where.Everything() -> _ -> true;
            case Where.Equal(var values) -> record -> hasAll(record, values);
            case Where.Expression(var jsonata) -> new Expression("where", jsonata, runStartedAt)::holds;
        };
    }

    private static boolean hasAll(Map<String, AttributeValue> record, Map<String, AttributeValue> values) {
        for (var wanted : values.entrySet()) {
            var found = record.get(wanted.getKey());
            if (found == null || !SameContent.same(found, wanted.getValue())) {
                return false;
            }
        }
        return true;
    }
}
