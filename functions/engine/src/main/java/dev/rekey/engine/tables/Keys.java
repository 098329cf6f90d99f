package dev.rekey.engine.tables;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.engine.store.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Keys as DynamoDB takes them and as sentences say them. */
final class Keys {
    private Keys() {}

    /** @param attributes partition key first */
    static List<KeySchemaElement> schema(List<String> attributes) {
        var schema = new ArrayList<KeySchemaElement>();
        for (var attribute : attributes) {
            schema.add(KeySchemaElement.builder()
                    .attributeName(attribute)
                    .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                    .build());
        }
        return schema;
    }

    static String described(List<KeyAttribute> key) {
        return key.stream()
                .map(attribute -> attribute.name() + " (" + attribute.type() + ")")
                .collect(Collectors.joining(", "));
    }

    /** An index in words; two that say the same are the same. */
    static String described(TableDefinition table, List<KeySchemaElement> schema, Projection projection) {
        return described(table.key(schema)) + "; "
                + switch (projection.projectionType()) {
                    case KEYS_ONLY -> "keys only";
                    case INCLUDE ->
                        "with "
                                + projection.nonKeyAttributes().stream()
                                        .sorted()
                                        .collect(Collectors.joining(", "));
                    case ALL, UNKNOWN_TO_SDK_VERSION -> "all attributes";
                };
    }
}
