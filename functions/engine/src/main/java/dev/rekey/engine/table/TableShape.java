package dev.rekey.engine.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DescribeTable tells of a table.
 *
 * @param account that owns the table, 12 digits
 * @param region that holds the table
 * @param indexes keys of each secondary index, by the index's name
 */
public record TableShape(
        PhysicalTable table,
        String account,
        String region,
        KeyAttribute partitionKey,
        Optional<KeyAttribute> sortKey,
        Map<String, List<KeyAttribute>> indexes) {

    /** Partition key, then the sort key if there is one. */
    public List<KeyAttribute> keyAttributes() {
        var all = new ArrayList<KeyAttribute>(2);
        all.add(partitionKey);
        sortKey.ifPresent(all::add);
        return all;
    }

    /** The key of {@code item}, which holds all key attributes. */
    public Key keyOf(Map<String, AttributeValue> item) {
        var partition = item.get(partitionKey.name());
        return sortKey.map(sort -> new Key(Map.of(partitionKey.name(), partition, sort.name(), item.get(sort.name()))))
                .orElseGet(() -> new Key(Map.of(partitionKey.name(), partition)));
    }
}
