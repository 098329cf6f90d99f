package dev.rekey.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Makes the request that would create a table again: without its stream, replicas, encryption key and policies. */
final class CreateRequests {
    private CreateRequests() {}

    static CreateTableRequest of(TableDescription table, List<Tag> tags) {
        var billing = billing(table);
        var locals = table.localSecondaryIndexes().stream()
                .map(index -> LocalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
                .toList();
        var globals = table.globalSecondaryIndexes().stream()
                .map(index -> index(index, billing))
                .toList();
        return CreateTableRequest.builder()
                .tableName(table.tableName())
                .keySchema(table.keySchema())
                .attributeDefinitions(table.attributeDefinitions())
                .localSecondaryIndexes(orNull(locals))
                .globalSecondaryIndexes(orNull(globals))
                .billingMode(billing)
                .provisionedThroughput(throughput(billing, table.provisionedThroughput()))
                .onDemandThroughput(table.onDemandThroughput())
                .tableClass(tableClass(table).orElse(null))
                .deletionProtectionEnabled(Boolean.TRUE.equals(table.deletionProtectionEnabled()) ? true : null)
                .tags(orNull(tags))
                .build();
    }

    private static BillingMode billing(TableDescription table) {
        return table.billingModeSummary() != null
                        && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST
                ? BillingMode.PAY_PER_REQUEST
                : BillingMode.PROVISIONED;
    }

    private static GlobalSecondaryIndex index(GlobalSecondaryIndexDescription index, BillingMode billing) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection())
                .provisionedThroughput(throughput(billing, index.provisionedThroughput()))
                .onDemandThroughput(index.onDemandThroughput())
                .build();
    }

    /** Null for a table on demand: CreateTable refuses it there. */
    private static ProvisionedThroughput throughput(BillingMode billing, ProvisionedThroughputDescription described) {
        return billing == BillingMode.PAY_PER_REQUEST
                ? null
                : ProvisionedThroughput.builder()
                        .readCapacityUnits(described.readCapacityUnits())
                        .writeCapacityUnits(described.writeCapacityUnits())
                        .build();
    }

    /** Empty for the usual class. */
    private static Optional<TableClass> tableClass(TableDescription table) {
        return Optional.ofNullable(table.tableClassSummary())
                .map(summary -> summary.tableClass())
                .filter(TableClass.STANDARD_INFREQUENT_ACCESS::equals);
    }

    /** DynamoDB refuses an empty list. */
    private static <T> List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
