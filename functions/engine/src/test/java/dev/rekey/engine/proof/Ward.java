package dev.rekey.engine.proof;

import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.table.KeyAttribute;
import dev.rekey.engine.table.KeyType;
import dev.rekey.engine.table.PhysicalTable;
import dev.rekey.engine.table.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tables of a simulation: every way to write a record, records of others in the target, and a partition key with so
 * many records that they are read in ranges.
 */
final class Ward {
    static final String PLAN = """
        plan: ward
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        tables:
          People: { references: { managerId: People } }
          Numbers: { identity: { rule: derive, digits: 18 } }
          Codes: { identity: { rule: keep }, references: { personId: People }, onConflict: skip }
          Notes: { identity: { rule: keep }, references: { personId: People }, onConflict: overwrite }
        """;

    static final List<String> TABLES = List.of("People", "Numbers", "Codes", "Notes");

    private static final int RECORDS = 6;

    private Ward() {}

    static InMemoryTables tables() {
        var tables = new InMemoryTables();
        for (var name : TABLES) {
            create(tables, "src-", name);
            create(tables, "dst-", name);
        }
        for (int i = 0; i < RECORDS; i++) {
            load(tables, "src-People", Map.of("id", text("p" + i), "managerId", text("p" + i / 2), "v", text("v" + i)));
            load(tables, "src-Numbers", Map.of("id", number(i), "v", text("v" + i)));
            // All but one have the same partition key.
            var code = Map.of("id", text(i == 0 ? "c0" : "c"), "n", number(i), "personId", text("p" + i));
            load(tables, "src-Codes", code);
            load(tables, "src-Notes", Map.of("id", text("n" + i), "personId", text("p" + i), "v", text("v" + i)));
        }
        load(tables, "dst-Codes", Map.of("id", text("c"), "n", number(1), "v", text("theirs")));
        load(tables, "dst-Codes", Map.of("id", text("other"), "n", number(1), "v", text("theirs")));
        load(tables, "dst-Notes", Map.of("id", text("n1"), "v", text("overwritten")));
        load(tables, "dst-Notes", Map.of("id", text("n4"), "v", text("overwritten"), "more", text("x")));
        load(tables, "dst-Notes", Map.of("id", text("other"), "v", text("theirs")));
        return tables;
    }

    /** Everything in the target. */
    static Map<Watch.Spot, Map<String, AttributeValue>> target(InMemoryTables tables) {
        var all = new HashMap<Watch.Spot, Map<String, AttributeValue>>();
        for (var name : TABLES) {
            var table = new PhysicalTable("dst-" + name);
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
