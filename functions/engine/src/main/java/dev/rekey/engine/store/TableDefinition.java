package dev.rekey.engine.store;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * What makes a table, as far as it is compared and created.
 *
 * @param request what CreateTable takes: keys, indexes, billing, tags, deletion protection
 * @param timeToLive empty if nothing is said of it
 * @param encryption empty if nothing is said of it
 */
public record TableDefinition(
        CreateTableRequest request,
        Optional<TimeToLive> timeToLive,
        PointInTimeRecovery recovery,
        Optional<Encryption> encryption) {

    public TableDefinition(CreateTableRequest request, Optional<TimeToLive> timeToLive, PointInTimeRecovery recovery) {
        this(request, timeToLive, recovery, Optional.empty());
    }

    /**
     * How a table is encrypted.
     *
     * @param key ARN of a KMS key of the table's account; empty for one that DynamoDB owns
     */
    public record Encryption(Optional<String> key) {
        /** Whose key it is. */
        public enum Kind {
            DYNAMODB,
            KMS
        }

        public Kind kind() {
            return key.isPresent() ? Kind.KMS : Kind.DYNAMODB;
        }

        public String words() {
            return key.map(arn -> "by the KMS key " + arn).orElse("by a key that DynamoDB owns");
        }
    }

    /** @param attribute that holds when an item expires; empty if items do not */
    public record TimeToLive(Optional<String> attribute) {}

    /** Whether the table can be restored to an earlier time. */
    public enum PointInTimeRecovery {
        ON,
        OFF,
        /** Nothing is said of it, or the store has no such thing. */
        UNSAID
    }

    /** What one request says, and nothing else. */
    public static TableDefinition of(CreateTableRequest request) {
        return new TableDefinition(request, Optional.empty(), PointInTimeRecovery.UNSAID);
    }

    public PhysicalTable table() {
        return new PhysicalTable(request.tableName());
    }

    /** The attributes of a key of the table or of an index, partition key first. */
    public List<KeyAttribute> key(List<KeySchemaElement> schema) {
        return schema.stream()
                .map(element -> new KeyAttribute(
                        element.attributeName(), type(element.attributeName()).orElseThrow()))
                .toList();
    }

    /** The type of an attribute that is in a key of the table or of an index; empty for others. */
    public Optional<KeyType> type(String attribute) {
        return request.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(attribute))
                .map(definition -> KeyType.valueOf(definition.attributeTypeAsString()))
                .findFirst();
    }

    /** DynamoDB's default is provisioned capacity. */
    public BillingMode billing() {
        return request.billingMode() == null ? BillingMode.PROVISIONED : request.billingMode();
    }

    public boolean isProtected() {
        return Boolean.TRUE.equals(request.deletionProtectionEnabled());
    }
}
