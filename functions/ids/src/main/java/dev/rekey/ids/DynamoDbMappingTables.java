package dev.rekey.ids;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads mapping tables from DynamoDB with consistent scans. Needs the permission {@code dynamodb:Scan} on these tables. A
 * load reads the whole table and consumes one read unit for every 4 KB of it.
 *
 * @param client stays open
 */
public record DynamoDbMappingTables(DynamoDbClient client) implements MappingTables {
    /** @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB refuses a request or does not answer */
    @Override
    public void read(String table, List<String> attributes, Consumer<Map<String, AttributeValue>> records) {
        var names = new HashMap<String, String>();
        attributes.forEach(attribute -> names.put("#a" + names.size(), attribute));
        client.scanPaginator(request -> request.tableName(table)
                        .consistentRead(true)
                        .projectionExpression(String.join(", ", names.keySet()))
                        .expressionAttributeNames(names))
                .items()
                .forEach(records);
    }
}
