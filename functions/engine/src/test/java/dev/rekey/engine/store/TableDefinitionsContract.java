package dev.rekey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What every store of definitions does. */
public abstract class TableDefinitionsContract {
    private static final int LOOKS = 1_000;

    private final PhysicalTable table = new PhysicalTable("t-" + UUID.randomUUID());

    protected abstract TableDefinitions definitions();

    /** Puts an item with the id {@code id} and the sort key 1 into the table. */
    protected abstract void fill(PhysicalTable table);

    @Test
    void aTableThatIsNotThereIsNotFound() {
        assertThat(definitions().find(table)).isEmpty();
        assertThat(definitions().isReady(table)).isFalse();
    }

    @Test
    void whatIsCreatedIsFoundAsItWasAskedFor() {
        create();

        var found = definitions().find(table).orElseThrow();
        assertThat(found.request().keySchema()).isEqualTo(request().keySchema());
        assertThat(found.request().attributeDefinitions())
                .containsExactlyInAnyOrderElementsOf(request().attributeDefinitions());
        assertThat(found.request().globalSecondaryIndexes()).isEqualTo(request().globalSecondaryIndexes());
        assertThat(found.request().localSecondaryIndexes()).isEqualTo(request().localSecondaryIndexes());
        assertThat(found.billing()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(found.isProtected()).isTrue();
        assertThat(found.timeToLive()).contains(new TimeToLive(Optional.empty()));
    }

    @Test
    void whatIsFoundCanBeCreatedAgain() {
        create();
        var found = definitions().find(table).orElseThrow().request();
        var again = new PhysicalTable(table + "-again");

        definitions().create(found.toBuilder().tableName(again.name()).build());
        await(again);
        assertThat(definitions().find(again).orElseThrow().request())
                .isEqualTo(found.toBuilder().tableName(again.name()).build());
    }

    @Test
    void everyTableHasAnIdOfItsOwn() {
        assertThat(definitions().id(table)).isEmpty();
        var id = definitions().create(request());
        await(table);
        assertThat(id).isPresent().isEqualTo(definitions().id(table));

        var other = new PhysicalTable(table + "-other");
        assertThat(definitions()
                        .create(request().toBuilder().tableName(other.name()).build()))
                .isPresent()
                .isNotEqualTo(id);
        await(other);
    }

    @Test
    void aTableIsNotCreatedTwice() {
        create();

        assertThatThrownBy(() -> definitions().create(request())).isInstanceOf(StoreException.class);
    }

    @Test
    void anIndexIsAdded() {
        create();

        definitions()
                .createIndex(
                        table,
                        GlobalSecondaryIndex.builder()
                                .indexName("added")
                                .keySchema(key("org", "at"))
                                .projection(projection(ProjectionType.KEYS_ONLY))
                                .build(),
                        List.of(attribute("org", ScalarAttributeType.S), attribute("at", ScalarAttributeType.N)));
        await(table);
        var found = definitions().find(table).orElseThrow();
        assertThat(found.request().globalSecondaryIndexes())
                .extracting(GlobalSecondaryIndex::indexName)
                .containsExactlyInAnyOrder("byOwner", "added");
        assertThat(found.type("org")).contains(dev.rekey.core.item.KeyType.S);
    }

    @Test
    void itemsExpire() {
        create();

        definitions().expire(table, "until");
        assertThat(definitions().find(table).orElseThrow().timeToLive()).contains(new TimeToLive(Optional.of("until")));
    }

    @Test
    void aTableWithAnItemIsNotEmpty() {
        create();
        assertThat(definitions().isEmpty(table)).isTrue();

        fill(table);
        assertThat(definitions().isEmpty(table)).isFalse();
    }

    private void create() {
        definitions().create(request());
        await(table);
    }

    private void await(PhysicalTable created) {
        for (int look = 0; !definitions().isReady(created); look++) {
            assertThat(look).as("looks at " + created).isLessThan(LOOKS);
        }
    }

    private CreateTableRequest request() {
        return CreateTableRequest.builder()
                .tableName(table.name())
                .keySchema(key("id", "at"))
                .attributeDefinitions(
                        attribute("id", ScalarAttributeType.S),
                        attribute("at", ScalarAttributeType.N),
                        attribute("owner", ScalarAttributeType.B))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("byOwner")
                        .keySchema(key("owner", "id"))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes("name")
                                .build())
                        .build())
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("local")
                        .keySchema(key("id", "owner"))
                        .projection(projection(ProjectionType.ALL))
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(true)
                .build();
    }

    private static Projection projection(ProjectionType type) {
        return Projection.builder().projectionType(type).build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> key(String partition, String sort) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(partition)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sort)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
