package dev.rekey.aws;

import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Side;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** Makes tables in DynamoDB Local. */
public final class LocalTables {
    public static final Side OWN_SIDE = new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);

    private static final SdkHttpClient HTTP = ApacheHttpClient.create();

    private LocalTables() {}

    /** Starts the stores when a test of this module asks; others bring their own. */
    private static final class Own {
        static final DynamoDbClient CLIENT = client(LocalStores.environment());
    }

    private static DynamoDbClient client(Map<String, String> environment) {
        var credentials = AwsBasicCredentials.create(
                environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"));
        return DynamoDbClient.builder()
                .httpClient(HTTP)
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    static void create(TableShape shape) {
        create(Own.CLIENT, shape);
    }

    /** Makes tables that only those see who have the access key of {@code environment}. */
    public static void create(Map<String, String> environment, List<TableShape> shapes) {
        try (var client = client(environment)) {
            shapes.forEach(shape -> create(client, shape));
        }
    }

    private static void create(DynamoDbClient client, TableShape shape) {
        var indexes = shape.indexes().entrySet().stream()
                .map(index -> GlobalSecondaryIndex.builder()
                        .indexName(index.getKey())
                        .keySchema(schema(index.getValue()))
                        .projection(projection(shape, index.getKey()))
                        .build())
                .toList();
        client.createTable(r -> r.tableName(shape.table().name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definitions(shape))
                .keySchema(schema(shape.keyAttributes()))
                .globalSecondaryIndexes(indexes.isEmpty() ? null : indexes));
        shape.timeToLive()
                .ifPresent(attribute -> client.updateTimeToLive(r -> r.tableName(
                                shape.table().name())
                        .timeToLiveSpecification(t -> t.attributeName(attribute).enabled(true))));
    }

    private static Projection projection(TableShape shape, String index) {
        var attributes = shape.projected().get(index);
        if (attributes == null) {
            return Projection.builder().projectionType(ProjectionType.ALL).build();
        }
        return attributes.isEmpty()
                ? Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build()
                : Projection.builder()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(attributes)
                        .build();
    }

    private static List<AttributeDefinition> definitions(TableShape shape) {
        return Stream.concat(
                        shape.keyAttributes().stream(),
                        shape.indexes().values().stream().flatMap(List::stream))
                .distinct()
                .map(key -> AttributeDefinition.builder()
                        .attributeName(key.name())
                        .attributeType(key.type().name())
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> schema(List<KeyAttribute> keys) {
        return keys.stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.name())
                        .keyType(key.equals(keys.getFirst()) ? KeyType.HASH : KeyType.RANGE)
                        .build())
                .toList();
    }
}
