package dev.rekey.engine.tables;

import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Tables for tests, in few words. */
final class Requests {
    private Requests() {}

    /** @param indexes keys such as {@code owner:S at:N} by the name of an index that holds all attributes */
    static CreateTableRequest table(String name, String key, Map<String, String> indexes) {
        var types = Stream.concat(Stream.of(key), indexes.values().stream())
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .distinct()
                .map(part -> AttributeDefinition.builder()
                        .attributeName(part.substring(0, part.indexOf(':')))
                        .attributeType(part.substring(part.indexOf(':') + 1))
                        .build())
                .toList();
        var globals = indexes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(index -> index(index.getKey(), index.getValue()))
                .toList();
        return CreateTableRequest.builder()
                .tableName(name)
                .keySchema(Keys.schema(names(key)))
                .attributeDefinitions(types)
                .globalSecondaryIndexes(globals.isEmpty() ? null : globals)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }

    static GlobalSecondaryIndex index(String name, String key) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(Keys.schema(names(key)))
                .projection(
                        Projection.builder().projectionType(ProjectionType.ALL).build())
                .build();
    }

    /** A table without time to live and point-in-time recovery. */
    static TableDefinition plain(CreateTableRequest request) {
        return new TableDefinition(request, Optional.of(new TimeToLive(Optional.empty())), PointInTimeRecovery.OFF);
    }

    static TableDefinition expiring(TableDefinition table, String attribute) {
        return new TableDefinition(
                table.request(), Optional.of(new TimeToLive(Optional.of(attribute))), table.recovery());
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static List<String> names(String key) {
        return Arrays.stream(key.split(" "))
                .map(part -> part.substring(0, part.indexOf(':')))
                .toList();
    }
}
