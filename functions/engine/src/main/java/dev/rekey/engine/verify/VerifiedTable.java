package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.UnmappableException;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.run.RunContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One table whose records are verified. */
record VerifiedTable(
        TablePlan plan,
        RecordMapping mapping,
        Function<Map<String, AttributeValue>, MappingOutcome> copying,
        Supplier<RecordMapping> keys) {
    static VerifiedTable of(RunContext run, TableName name) {
        return new VerifiedTable(
                run.plan().table(name), run.mapping(name), run.copying(name), new Once<>(() -> run.keys(name)));
    }

    TableName name() {
        return plan.name();
    }

    /** The key that {@code record} has in the target if it is there, as far as that can be told. */
    Optional<Key> keyOf(Map<String, AttributeValue> record, TableShape source) {
        return key(record).or(() -> key(source.keyOf(record).attributes()));
    }

    private Optional<Key> key(Map<String, AttributeValue> record) {
        try {
            return Optional.of(keys.get().newKey(record));
        } catch (UnmappableException e) {
            return Optional.empty();
        }
    }
}
