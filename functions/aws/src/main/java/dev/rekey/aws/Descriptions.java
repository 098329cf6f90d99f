package dev.rekey.aws;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Reads the answer of DescribeTable. */
final class Descriptions {
    private Descriptions() {}

    static TableShape shape(PhysicalTable table, TableDescription description) {
        var types = description.attributeDefinitions().stream()
                .collect(Collectors.toMap(AttributeDefinition::attributeName, Descriptions::type));
        var keys = attributes(description.keySchema(), types);
        var indexes = new HashMap<String, List<KeyAttribute>>();
        var projected = new HashMap<String, List<String>>();
        description.globalSecondaryIndexes().forEach(index -> {
            indexes.put(index.indexName(), attributes(index.keySchema(), types));
            projected(index.projection()).ifPresent(some -> projected.put(index.indexName(), some));
        });
        description.localSecondaryIndexes().forEach(index -> {
            indexes.put(index.indexName(), attributes(index.keySchema(), types));
            projected(index.projection()).ifPresent(some -> projected.put(index.indexName(), some));
        });
        var arn = Arn.fromString(description.tableArn());
        return new TableShape(
                        table,
                        arn.accountId().orElseThrow(),
                        arn.region().orElseThrow(),
                        keys.getFirst(),
                        keys.stream().skip(1).findFirst(),
                        Map.copyOf(indexes))
                .projecting(Map.copyOf(projected))
                .followedBy(followers(description, arn.region().orElseThrow()));
    }

    private static Followers followers(TableDescription description, String home) {
        var stream = description.streamSpecification();
        return new Followers(
                description.replicas().stream()
                        .map(ReplicaDescription::regionName)
                        .filter(region -> !region.equals(home))
                        .toList(),
                description.multiRegionConsistency() == MultiRegionConsistency.STRONG,
                stream != null && Boolean.TRUE.equals(stream.streamEnabled()));
    }

    /** Empty if the index holds all of an item. */
    private static Optional<List<String>> projected(Projection projection) {
        return switch (projection.projectionType()) {
            case KEYS_ONLY -> Optional.of(List.of());
            case INCLUDE -> Optional.of(projection.nonKeyAttributes());
            case ALL, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
        };
    }

    /** DynamoDB gives the partition key first. */
    private static List<KeyAttribute> attributes(List<KeySchemaElement> schema, Map<String, KeyType> types) {
        return schema.stream()
                .map(element -> new KeyAttribute(element.attributeName(), types.get(element.attributeName())))
                .toList();
    }

    private static KeyType type(AttributeDefinition definition) {
        return KeyType.valueOf(definition.attributeTypeAsString());
    }
}
