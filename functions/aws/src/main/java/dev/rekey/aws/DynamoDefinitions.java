package dev.rekey.aws;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.Encryption;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import dev.rekey.engine.store.TableDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Definitions of DynamoDB's tables. */
public final class DynamoDefinitions implements TableDefinitions {
    /** Begins the keys of tags that AWS itself sets, and that no caller may set. */
    private static final String AWS_TAG = "aws:";

    private static final String UNKNOWN_OPERATION = "UnknownOperationException";

    private final DynamoDbClient reads;
    private final DynamoDbClient writes;

    /** @param writes makes one attempt only: a second one would find the table of the first */
    DynamoDefinitions(DynamoDbClient reads, DynamoDbClient writes) {
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public Optional<TableDefinition> find(PhysicalTable table) {
        return describe(table)
                .map(description -> new TableDefinition(
                        CreateRequests.of(description, tags(table, description.tableArn())),
                        Optional.of(timeToLive(table)),
                        recovery(table),
                        Optional.of(encryption(description))));
    }

    private static Encryption encryption(TableDescription table) {
        return new Encryption(
                Optional.ofNullable(table.sseDescription()).map(description -> description.kmsMasterKeyArn()));
    }

    private Optional<TableDescription> describe(PhysicalTable table) {
        try {
            return Optional.of(
                            reads.describeTable(r -> r.tableName(table.name())).table())
                    .filter(description -> description.tableStatus() != TableStatus.DELETING);
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw SdkFailure.of(read("DescribeTable", "describe", table), e).exception();
        }
    }

    private List<Tag> tags(PhysicalTable table, String arn) {
        return known(read("ListTagsOfResource", "list the tags of", table), () -> {
                    var all = new ArrayList<Tag>();
                    Optional<String> next = Optional.empty();
                    do {
                        var token = next.orElse(null);
                        var page =
                                reads.listTagsOfResource(r -> r.resourceArn(arn).nextToken(token));
                        all.addAll(page.tags());
                        next = Optional.ofNullable(page.nextToken());
                    } while (next.isPresent());
                    return all;
                })
                .orElseGet(ArrayList::new)
                .stream()
                .filter(tag -> !tag.key().startsWith(AWS_TAG))
                .toList();
    }

    private TimeToLive timeToLive(PhysicalTable table) {
        return answer(read("DescribeTimeToLive", "describe the time to live of", table), () -> {
            var description =
                    reads.describeTimeToLive(r -> r.tableName(table.name())).timeToLiveDescription();
            return switch (description.timeToLiveStatus()) {
                case ENABLED, ENABLING -> new TimeToLive(Optional.of(description.attributeName()));
                case DISABLED, DISABLING, UNKNOWN_TO_SDK_VERSION -> new TimeToLive(Optional.empty());
            };
        });
    }

    private PointInTimeRecovery recovery(PhysicalTable table) {
        return known(read("DescribeContinuousBackups", "describe the backups of", table), () -> {
                    var description = reads.describeContinuousBackups(r -> r.tableName(table.name()))
                            .continuousBackupsDescription()
                            .pointInTimeRecoveryDescription();
                    return description != null
                                    && description.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED
                            ? PointInTimeRecovery.ON
                            : PointInTimeRecovery.OFF;
                })
                .orElse(PointInTimeRecovery.UNSAID);
    }

    @Override
    public boolean isReady(PhysicalTable table) {
        return describe(table)
                .filter(description -> description.tableStatus() == TableStatus.ACTIVE)
                .filter(description -> description.globalSecondaryIndexes().stream()
                        .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE))
                .isPresent();
    }

    @Override
    public boolean isEmpty(PhysicalTable table) {
        return answer(
                read("Scan", "scan", table),
                () -> reads.scan(r -> r.tableName(table.name()).limit(1).consistentRead(true))
                        .items()
                        .isEmpty());
    }

    @Override
    public Optional<String> create(CreateTableRequest request) {
        var table = new PhysicalTable(request.tableName());
        var created = answer(write("CreateTable", "create", table), () -> writes.createTable(request));
        return Optional.of(id(created.tableDescription()));
    }

    @Override
    public Optional<String> id(PhysicalTable table) {
        return describe(table).map(DynamoDefinitions::id);
    }

    /** DynamoDB Local gives its tables no id; there, the moment of creation tells tables of one name apart. */
    private static String id(TableDescription table) {
        return table.tableId() == null ? table.tableArn() + " of " + table.creationDateTime() : table.tableId();
    }

    @Override
    public void createIndex(PhysicalTable table, GlobalSecondaryIndex index, List<AttributeDefinition> types) {
        var action = CreateGlobalSecondaryIndexAction.builder()
                .indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection())
                .provisionedThroughput(index.provisionedThroughput())
                .onDemandThroughput(index.onDemandThroughput())
                .build();
        var update = GlobalSecondaryIndexUpdate.builder().create(action).build();
        answer(
                write("UpdateTable", "create the index " + index.indexName() + " of", table),
                () -> writes.updateTable(r -> r.tableName(table.name())
                        .attributeDefinitions(types)
                        .globalSecondaryIndexUpdates(List.of(update))));
    }

    @Override
    public void expire(PhysicalTable table, String attribute) {
        answer(
                write("UpdateTimeToLive", "set the time to live of", table),
                () -> writes.updateTimeToLive(r -> r.tableName(table.name())
                        .timeToLiveSpecification(specification ->
                                specification.attributeName(attribute).enabled(true))));
    }

    @Override
    public void makeRecoverable(PhysicalTable table) {
        answer(
                write("UpdateContinuousBackups", "turn on point-in-time recovery of", table),
                () -> writes.updateContinuousBackups(r -> r.tableName(table.name())
                        .pointInTimeRecoverySpecification(
                                specification -> specification.pointInTimeRecoveryEnabled(true))));
    }

    private static SdkRequest read(String operation, String verb, PhysicalTable table) {
        return request(operation, verb, table, false);
    }

    private static SdkRequest write(String operation, String verb, PhysicalTable table) {
        return request(operation, verb, table, true);
    }

    private static SdkRequest request(String operation, String verb, PhysicalTable table, boolean writes) {
        return new SdkRequest("dynamodb:" + operation, verb + " the table " + table, "the table " + table, writes);
    }

    private static <T> T answer(SdkRequest request, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw SdkFailure.of(request, e).exception();
        }
    }

    /** Empty if the service does not know the operation: DynamoDB Local does not know all of them. */
    private static <T> Optional<T> known(SdkRequest request, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (AwsServiceException e) {
            var details = e.awsErrorDetails();
            if (details != null && UNKNOWN_OPERATION.equals(details.errorCode())) {
                return Optional.empty();
            }
            throw SdkFailure.of(request, e).exception();
        } catch (SdkException e) {
            throw SdkFailure.of(request, e).exception();
        }
    }
}
