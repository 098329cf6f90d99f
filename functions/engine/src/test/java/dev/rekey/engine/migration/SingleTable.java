package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The one table of an online shop, designed as AWS's examples of single tables are. */
final class SingleTable {
    private SingleTable() {}

    /** With the key {@code PK} and {@code SK} and the index {@code GSI1}, on both sides. */
    static void create(World world, String name) {
        world.memory().createTable(shape("src-" + name));
        world.memory().createTable(shape("dst-" + name));
    }

    private static TableShape shape(String name) {
        return new TableShape(
                new PhysicalTable(name),
                "000000000000",
                "eu-west-1",
                text("PK"),
                Optional.of(text("SK")),
                Map.of("GSI1", List.of(text("GSI1PK"), text("GSI1SK"))));
    }

    private static KeyAttribute text(String name) {
        return new KeyAttribute(name, KeyType.S);
    }

    /** Customers with their orders, of which each is found by its own number too, and what was ordered. */
    static List<Map<String, AttributeValue>> items() {
        var items = new ArrayList<Map<String, AttributeValue>>();
        for (int customer = 1; customer <= 4; customer++) {
            var ofCustomer = "CUST#" + customer;
            items.add(record("PK", ofCustomer, "SK", "PROFILE", "name", "customer " + customer));
            for (int order = 70 * customer; order < 70 * customer + 3; order++) {
                var ofOrder = "ORDER#" + order;
                items.add(record("PK", ofCustomer, "SK", ofOrder, "GSI1PK", ofOrder, "GSI1SK", ofCustomer));
                items.add(record("PK", ofOrder, "SK", "ITEM#1", "GSI1PK", "PRODUCT#9", "GSI1SK", ofOrder));
            }
        }
        items.add(record("PK", "PRODUCT#9", "SK", "METADATA", "name", "lamp"));
        return items;
    }
}
