package dev.rekey.engine.store;

import dev.rekey.core.item.PhysicalTable;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/**
 * The tables of one side as they are defined. For commands: a run neither creates nor changes a table. Every method that
 * creates something returns at once; {@link #isReady} tells when it can be used. Failures are {@link StoreException}s.
 */
public interface TableDefinitions {
    /** Empty if there is no such table, or it is being deleted. */
    Optional<TableDefinition> find(PhysicalTable table);

    /** Whether the table and all of its indexes can be used. */
    boolean isReady(PhysicalTable table);

    /** Whether the table holds no item, as a consistent read tells. */
    boolean isEmpty(PhysicalTable table);

    /**
     * Creates a table. Fails if there is one with this name.
     *
     * @return its {@link #id}
     */
    Optional<String> create(CreateTableRequest request);

    /** What tells the table from every other one that has had or will have its name; empty if there is none. */
    Optional<String> id(PhysicalTable table);

    /** @param types of the index's key attributes */
    void createIndex(PhysicalTable table, GlobalSecondaryIndex index, List<AttributeDefinition> types);

    /** Lets items expire by the time in {@code attribute}. */
    void expire(PhysicalTable table, String attribute);

    /** Turns point-in-time recovery on. */
    void makeRecoverable(PhysicalTable table);
}
