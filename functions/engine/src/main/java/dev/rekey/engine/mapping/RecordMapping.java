package dev.rekey.engine.mapping;

import dev.rekey.engine.identity.Families;
import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.store.Key;
import dev.rekey.engine.store.TableShape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Maps the records of one table in one run. Built once, then used by any number of threads at once: the same record
 * always gives the same outcome.
 */
public final class RecordMapping {

    private RecordMapping() {}

    /**
     * Compiles what the plan says of a table.
     *
     * @throws IllegalArgumentException if the plan does not fit the tables: {@code validate} finds that before
     */
    public static RecordMapping of(
            TablePlan table,
            TableShape source,
            TableShape target,
            Families families,
            Orphans orphans,
            Instant runStartedAt) {
        return beingWritten();
    }

    /** What {@code record}, an item of the source table, becomes. Never throws on account of the record. */
    public MappingOutcome map(Map<String, AttributeValue> record) {
        return beingWritten();
    }

    /**
     * Whether the plan's {@code where} takes {@code record} in.
     *
     * @throws UnmappableException if {@code where} cannot be answered for this record
     */
    public boolean includes(Map<String, AttributeValue> record) {
        return beingWritten();
    }

    /** Every reference in {@code record}, those of its key first. Does not ask {@code where}. Never throws. */
    public List<ReferenceUse> references(Map<String, AttributeValue> record) {
        return beingWritten();
    }

    /** The record's own identity; empty if no key attribute of the table is {@code self}. */
    public Optional<OldId> ownId(Map<String, AttributeValue> record) {
        return beingWritten();
    }

    /**
     * The key in the target. Does not ask {@code where}.
     *
     * @throws UnmappableException if the record cannot be mapped
     */
    public Key newKey(Map<String, AttributeValue> record) {
        return beingWritten();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // only until the body is there
    private static <T> T beingWritten() {
        throw new UnsupportedOperationException("being written");
    }
}
