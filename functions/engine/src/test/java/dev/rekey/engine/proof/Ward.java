package dev.rekey.engine.proof;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tables of a simulation: every way to write a record, orphans of both kinds, records that the plan leaves out, records
 * of others in the target, and a partition key with so many records that they are read in ranges.
 */
final class Ward {
    static final List<String> TABLES = List.of("People", "Numbers", "Codes", "Notes");

    /** People who are there at the beginning. */
    static final int RECORDS = 6;

    private static final String PLAN = """
        plan: ward
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        tables:
          People:
            where: { kind: open }
            references: { managerId: { family: People, onOrphan: removeReference } }
          Numbers: { identity: { rule: derive, digits: 18 } }
          Codes:
            identity: { rule: keep }
            references: { personId: { family: People, onOrphan: keep } }
            onConflict: skip
          Notes:
            identity: { rule: keep }
            where: { kind: open }
            references: { personId: People }
            onConflict: overwrite
        """;

    private Ward() {}

    /** @param onDrift empty if the plan says nothing of it */
    static String plan(Optional<String> onDrift) {
        return PLAN + onDrift.map(choice -> "onDrift: " + choice + "\n").orElse("");
    }

    static InMemoryTables tables() {
        var tables = new InMemoryTables();
        for (var name : TABLES) {
            create(tables, "src-", name);
            create(tables, "dst-", name);
        }
        for (int i = 0; i < RECORDS; i++) {
            // One of them has a manager, and one of the codes a person, who comes later or never.
            load(tables, "src-People", person(i, i == 5 ? "p8" : "p" + i / 2, "v" + i));
            load(tables, "src-Numbers", Map.of("id", number(i), "v", text("v" + i)));
            // All but one have the same partition key.
            var code =
                    Map.of("id", text(i == 0 ? "c0" : "c"), "n", number(i), "personId", text("p" + (i == 2 ? 7 : i)));
            load(tables, "src-Codes", code);
            load(tables, "src-Notes", note(i, "p" + i, "v" + i));
        }
        for (var side : List.of("src-", "dst-")) {
            load(tables, side + "Codes", Map.of("id", text("c"), "n", number(6), "v", text("the same")));
            load(tables, side + "Notes", Map.of("id", text("n6"), "kind", text("open"), "v", text("the same")));
        }
        load(tables, "dst-Codes", Map.of("id", text("c"), "n", number(1), "v", text("theirs")));
        load(tables, "dst-Codes", Map.of("id", text("other"), "n", number(1), "v", text("theirs")));
        load(tables, "dst-Notes", Map.of("id", text("n1"), "v", text("overwritten")));
        load(tables, "dst-Notes", Map.of("id", text("n4"), "v", text("overwritten"), "more", text("x")));
        load(tables, "dst-Notes", Map.of("id", text("other"), "v", text("theirs")));
        return tables;
    }

    /** A table and those that refer to it, directly or not. */
    static List<String> withReferring(String table) {
        return table.equals("People") ? List.of("People", "Codes", "Notes") : List.of(table);
    }

    static Map<String, AttributeValue> person(int number, String manager, String value) {
        return Map.of("id", text("p" + number), "managerId", text(manager), "kind", text("open"), "v", text(value));
    }

    static Map<String, AttributeValue> note(int number, String person, String value) {
        return Map.of("id", text("n" + number), "personId", text(person), "kind", text("open"), "v", text(value));
    }

    /** Whether the plan takes a source record. */
    static boolean moves(String table, Map<String, AttributeValue> record) {
        boolean filtered = table.endsWith("People") || table.endsWith("Notes");
        return !filtered || text("open").equals(record.get("kind"));
    }

    /** Everything in the target. */
    static Map<Watch.Spot, Map<String, AttributeValue>> target(InMemoryTables tables) {
        return side(tables, "dst-");
    }

    static Map<Watch.Spot, Map<String, AttributeValue>> source(InMemoryTables tables) {
        return side(tables, "src-");
    }

    static Map<Watch.Spot, Map<String, AttributeValue>> everything(InMemoryTables tables) {
        var all = source(tables);
        all.putAll(target(tables));
        return all;
    }

    private static Map<Watch.Spot, Map<String, AttributeValue>> side(InMemoryTables tables, String side) {
        var all = new HashMap<Watch.Spot, Map<String, AttributeValue>>();
        for (var name : TABLES) {
            var table = new PhysicalTable(side + name);
            var shape = tables.describe(table).orElseThrow();
            tables.items(table).forEach(item -> all.put(new Watch.Spot(table.name(), shape.keyOf(item)), item));
        }
        return all;
    }

    private static void create(InMemoryTables tables, String side, String name) {
        tables.createTable(new TableShape(
                new PhysicalTable(side + name),
                "000000000000",
                "eu-west-1",
                new KeyAttribute("id", name.equals("Numbers") ? KeyType.N : KeyType.S),
                Optional.of(new KeyAttribute("n", KeyType.N)).filter(_ -> name.equals("Codes")),
                Map.of()));
    }

    private static void load(InMemoryTables tables, String table, Map<String, AttributeValue> item) {
        tables.load(new PhysicalTable(table), List.of(item));
    }

    static AttributeValue number(int value) {
        return AttributeValue.fromN("" + value);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
