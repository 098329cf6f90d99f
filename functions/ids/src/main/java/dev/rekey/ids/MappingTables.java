package dev.rekey.ids;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads tables that hold mappings. {@link DynamoDbMappingTables} reads them with a client of the SDK. */
@FunctionalInterface
public interface MappingTables {
    /**
     * Gives every record of a table to {@code records}.
     *
     * @param table name of the table, as the plan writes it
     * @param attributes the only attributes that are needed
     * @throws RuntimeException if the table cannot be read to its end; the caller of the library gets it as it is
     */
    void read(String table, List<String> attributes, Consumer<Map<String, AttributeValue>> records);
}
