package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table whose records are created on condition, put alone, in batches and in transactions, and deleted. */
final class WrittenTable implements WrittenStore {
    private static final String TABLE = "Written";
    private static final int KEYS = 8;
    private static final int LARGEST = 20_000;

    private final DynamoDbClient client;

    WrittenTable(URI address, String credential) {
        client = DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(credential, "local")))
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                // Whoever asks again does not know which of the two requests was carried out.
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    void create() {
        client.createTable(r -> r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    @Override
    public void write(Claims claims, Random random, int writer) {
        String first = "writer-" + writer + "/" + random.nextInt(KEYS);
        String second = "writer-" + writer + "/" + (KEYS + random.nextInt(KEYS));
        int number = random.nextInt();
        switch (random.nextInt(5)) {
            case 0 -> delete(claims, first);
            case 1 -> create(claims, Claims.ONCE + random.nextInt(2 * KEYS), number);
            case 2 -> batch(claims, first, second, number);
            case 3 -> transaction(claims, "pair-" + writer + "/" + random.nextInt(KEYS), number);
            default -> put(claims, first, number);
        }
    }

    private void put(Claims claims, String key, int number) {
        claims.ask(key, Optional.of(number));
        client.putItem(r -> r.tableName(TABLE).item(item(key, number)));
        claims.acknowledge(key, Optional.of(number));
    }

    private void create(Claims claims, String key, int number) {
        claims.ask(key, Optional.of(number));
        try {
            client.putItem(
                    r -> r.tableName(TABLE).item(item(key, number)).conditionExpression("attribute_not_exists(id)"));
            claims.acknowledge(key, Optional.of(number));
        } catch (ConditionalCheckFailedException there) {
            claims.refuse(key, Optional.of(number));
        }
    }

    private void delete(Claims claims, String key) {
        claims.ask(key, Optional.empty());
        client.deleteItem(r -> r.tableName(TABLE).key(Map.of("id", AttributeValue.fromS(key))));
        claims.acknowledge(key, Optional.empty());
    }

    @Override
    public void deleteOnce(Claims claims) {
        for (int i = 0; i < 2 * KEYS; i++) {
            delete(claims, Claims.ONCE + i);
        }
    }

    private void batch(Claims claims, String first, String second, int number) {
        var keys = List.of(first, second);
        keys.forEach(key -> claims.ask(key, Optional.of(number)));
        var puts = keys.stream()
                .map(key -> WriteRequest.builder()
                        .putRequest(p -> p.item(item(key, number)))
                        .build())
                .toList();
        var answer = client.batchWriteItem(r -> r.requestItems(Map.of(TABLE, puts)));
        assertThat(answer.unprocessedItems()).isEmpty();
        keys.forEach(key -> claims.acknowledge(key, Optional.of(number)));
    }

    /**
     * Two records of one transaction, which {@link #read} expects to be the same. DynamoDB Local answers before SQLite
     * has committed; what it answers afterwards, to whatever request, it answers after that.
     */
    private void transaction(Claims claims, String key, int number) {
        var keys = List.of(key + "/left", key + "/right");
        keys.forEach(each -> claims.ask(each, Optional.of(number)));
        var puts = keys.stream()
                .map(each -> TransactWriteItem.builder()
                        .put(p -> p.tableName(TABLE).item(item(each, number)))
                        .build())
                .toList();
        client.transactWriteItems(r -> r.transactItems(puts));
        client.getItem(r -> r.tableName(TABLE).key(Map.of("id", AttributeValue.fromS(keys.getFirst()))));
        keys.forEach(each -> claims.acknowledge(each, Optional.of(number)));
    }

    @Override
    public Map<String, Integer> read() {
        var found = new HashMap<String, Integer>();
        for (var item : client.scanPaginator(r -> r.tableName(TABLE)).items()) {
            String key = item.get("id").s();
            int number = Integer.parseInt(item.get("number").n());
            assertThat(item).as(key).isEqualTo(item(key, number));
            found.put(key, number);
        }
        found.forEach((key, number) -> {
            if (key.endsWith("/left")) {
                assertThat(found).as(key).containsEntry(key.replace("/left", "/right"), number);
            }
        });
        return found;
    }

    private static Map<String, AttributeValue> item(String key, int number) {
        var random = new Random(number);
        return Map.of(
                "id", AttributeValue.fromS(key),
                "number", AttributeValue.fromN(Integer.toString(number)),
                "text", AttributeValue.fromS("x".repeat(1 + random.nextInt(LARGEST))));
    }

    @Override
    public void close() {
        client.close();
    }
}
