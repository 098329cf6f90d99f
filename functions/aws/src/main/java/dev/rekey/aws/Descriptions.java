package dev.rekey.aws;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.Throughput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
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
                .followedBy(followers(description, arn.region().orElseThrow()))
                .bearing(throughput(description));
    }

    /** An index that bears less than its table slows all writes down: each may go to it, too. */
    private static Throughput throughput(TableDescription table) {
        var provisioned = table.provisionedThroughput();
        boolean onDemand = table.billingModeSummary() != null
                && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
        var writes = Stream.<Long>builder();
        var reads = Stream.<Long>builder();
        if (onDemand) {
            var warm = table.warmThroughput();
            reads.add(warm == null ? null : warm.readUnitsPerSecond());
            writes.add(warm == null ? null : warm.writeUnitsPerSecond());
            if (table.onDemandThroughput() != null) {
                reads.add(table.onDemandThroughput().maxReadRequestUnits());
                writes.add(table.onDemandThroughput().maxWriteRequestUnits());
            }
        } else if (provisioned != null) {
            reads.add(provisioned.readCapacityUnits());
            writes.add(provisioned.writeCapacityUnits());
        }
        table.globalSecondaryIndexes().forEach(index -> {
            if (!onDemand) {
                writes.add(
                        index.provisionedThroughput() == null
                                ? null
                                : index.provisionedThroughput().writeCapacityUnits());
                return;
            }
            writes.add(
                    index.warmThroughput() == null
                            ? null
                            : index.warmThroughput().writeUnitsPerSecond());
            writes.add(
                    index.onDemandThroughput() == null
                            ? null
                            : index.onDemandThroughput().maxWriteRequestUnits());
        });
        return new Throughput(Throughput.least(reads.build()), Throughput.least(writes.build()));
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
