package dev.rekey.examples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * How a table of an example is made.
 *
 * @param name the plan's name for the table
 */
public record ExampleTable(
        String name, Attribute partitionKey, Optional<Attribute> sortKey, Optional<Index> globalIndex) {

    /** A key attribute. */
    public record Attribute(String name, ScalarAttributeType type) {}

    /** A global secondary index that holds whole records. */
    public record Index(String name, Attribute partitionKey, Attribute sortKey) {}

    public static ExampleTable of(String name, Attribute partitionKey) {
        return new ExampleTable(name, partitionKey, Optional.empty(), Optional.empty());
    }

    public static ExampleTable of(String name, Attribute partitionKey, Attribute sortKey) {
        return new ExampleTable(name, partitionKey, Optional.of(sortKey), Optional.empty());
    }

    /** The request that creates this table, billed on demand. */
    public CreateTableRequest creation(String physicalName) {
        var request = CreateTableRequest.builder()
                .tableName(physicalName)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definitions())
                .keySchema(schema(partitionKey, sortKey));
        globalIndex.ifPresent(index -> request.globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(schema(index.partitionKey(), Optional.of(index.sortKey())))
                .projection(projection -> projection.projectionType(ProjectionType.ALL))
                .build()));
        return request.build();
    }

    private List<AttributeDefinition> definitions() {
        var attributes = new LinkedHashSet<Attribute>();
        attributes.add(partitionKey);
        sortKey.ifPresent(attributes::add);
        globalIndex.ifPresent(index -> attributes.addAll(List.of(index.partitionKey(), index.sortKey())));
        return attributes.stream()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.name())
                        .attributeType(attribute.type())
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> schema(Attribute partition, Optional<Attribute> sort) {
        var elements = new ArrayList<KeySchemaElement>();
        elements.add(element(partition, KeyType.HASH));
        sort.ifPresent(attribute -> elements.add(element(attribute, KeyType.RANGE)));
        return elements;
    }

    private static KeySchemaElement element(Attribute attribute, KeyType type) {
        return KeySchemaElement.builder()
                .attributeName(attribute.name())
                .keyType(type)
                .build();
    }
}
