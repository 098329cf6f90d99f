package dev.rekey.bench;

import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.load.Loader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What somebody would write to add one attribute to each record in place: nothing is logged, checked or resumed. */
record PlainUpdates(DynamoDbClient client, DataSet set, Map<String, String> mapping) {
    private static final String MISSING = "attribute_not_exists(#new)";

    /** Makes the tables new, without the attribute. */
    void load() {
        var loader = new Loader(client);
        var there = client.listTables().tableNames();
        set.tables().stream()
                .map(set::sourceOf)
                .filter(there::contains)
                .forEach(name -> client.deleteTable(request -> request.tableName(name)));
        loader.create(set.tables(), name -> name + set.source());
        loader.load(set.data().get(), name -> name + set.source());
    }

    /** So many scans at once, which update each record that they read on condition that nothing has changed. */
    void update(int atOnce) {
        scan(atOnce, Optional.empty(), (table, items) -> items.forEach(item -> update(table, item)));
    }

    /** The same with the requests that a migration makes: asks what was consumed, and for a record that had changed. */
    void updateAsking(int atOnce) {
        scan(
                atOnce,
                Optional.empty(),
                (table, items) -> items.forEach(item -> update(
                        table,
                        item,
                        request -> request.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))));
    }

    private void update(ExampleTable table, Map<String, AttributeValue> item) {
        update(table, item, _ -> {});
    }

    private void update(
            ExampleTable table, Map<String, AttributeValue> item, Consumer<UpdateItemRequest.Builder> asking) {
        var old = item.get(InPlaceRecords.OLD);
        client.updateItem(request -> asking.accept(request.tableName(set.sourceOf(table))
                .key(Map.of("id", item.get("id")))
                .updateExpression("SET #new = :new")
                .conditionExpression(MISSING + " AND #old = :old")
                .expressionAttributeNames(Map.of("#new", InPlaceRecords.NEW, "#old", InPlaceRecords.OLD))
                .expressionAttributeValues(Map.of(":old", old, ":new", AttributeValue.fromS(mapping.get(old.s()))))));
    }

    /** What a second pass needs at least: the records that do not have the attribute yet, filtered by the store. */
    void filter(int atOnce) {
        scan(atOnce, Optional.of(MISSING), (table, items) -> items.forEach(item -> update(table, item)));
    }

    private void scan(int atOnce, Optional<String> filter, PlainLoops.Pages pages) {
        new PlainLoops(client, set).scan(set::sourceOf, atOnce, filter, pages);
    }
}
