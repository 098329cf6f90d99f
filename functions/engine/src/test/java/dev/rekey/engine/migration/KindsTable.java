package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;

import dev.rekey.core.item.KeyType;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table {@code src-User} with records of five kinds that refer to each other, and the table {@code src-Job}, whose
 * records refer to two of the kinds.
 */
record KindsTable(World world) {
    static final String NAME = "src-User";
    static final int OF_EACH = 6;

    /** Tables of a plan that copies. */
    static final String[] COPIED = {
        "Customers: { from: User, match: { kind: \"1\" } }",
        "Agents: { from: User, match: { kind: \"2\" }, references: { customer: Customers } }",
        "Clients: { from: User, match: { kind: \"3\" }, references: { parent: Customers, agent: Agents } }",
        "Notes: { from: User, match: { type: note }, references: { about: Clients }, set: { seen: true } }",
        "Levels: { from: User, match: { level: 5 }, references: { note: Notes } }",
        "Job: { references: { customer: Customers, client: Clients } }"
    };

    /** Tables of a plan that changes in place. */
    static final String[] CHANGED = {
        "Customers: { from: User, match: { kind: \"1\" }, set: { role: customer } }",
        "Agents: { from: User, match: { kind: \"2\" }, references: { customer: Customers }, set: { role: agent } }",
        "Clients: { from: User, match: { kind: \"3\" }, references: { parent: Customers }, drop: [old] }",
        "Notes: { from: User, match: { type: note }, rename: { text: body } }",
        "Levels: { from: User, match: { level: 5 }, set: { role: \"{% 'level of ' & $record.note %}\" } }",
        "Job: { references: { client: Clients }, set: { role: job } }"
    };

    static KindsTable create(World world) {
        world.create("User", KeyType.S);
        world.create("Job", KeyType.S);
        var table = new KindsTable(world);
        for (int i = 0; i < OF_EACH; i++) {
            table.put(record("id", "c" + i, "kind", "1", "name", "customer " + i));
            table.put(record("id", "a" + i, "kind", "2", "customer", "c" + i));
            table.put(record("id", "u" + i, "kind", "3", "parent", "c" + i, "agent", "a" + i, "old", "x"));
            table.put(record("id", "n" + i, "type", "note", "about", "u" + i, "text", "note " + i));
            var level = new HashMap<>(record("id", "l" + i, "note", "n" + i));
            level.put("level", AttributeValue.fromN("5.0"));
            table.put(level);
            world.load("src-Job", record("id", "j" + i, "customer", "c" + i, "client", "u" + i));
        }
        return table;
    }

    /** Two records of no table. */
    void unmatched() {
        put(record("id", "x0", "kind", "9", "text", "nothing"));
        put(record("id", "x1"));
    }

    void put(Map<String, AttributeValue> record) {
        world.load(NAME, record);
    }

    Map<String, AttributeValue> item(String id) {
        return world.items(NAME).stream()
                .filter(item -> item.get("id").s().equals(id))
                .findFirst()
                .orElse(Map.of());
    }

    static String copying(String unmatched) {
        return Plans.of(COPIED).replace("tables:\n", "unmatched: " + unmatched + "\ntables:\n");
    }

    static String changing(String unmatched) {
        return Plans.inPlace(CHANGED).replace("tables:\n", "unmatched: " + unmatched + "\ntables:\n");
    }
}
