package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.everyType;
import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Customers, of which one is merged into another, and notes are copied. Companies, which share a level with customers, and
 * orders, in a table that is read in ranges, are changed in place. Each refers to tables of the other mode, and takes values of
 * them.
 */
final class MixedExhibit implements Exhibit {
    @Override
    public String plan() {
        return """
            plan: mixed
            source: { tables: "src-{table}" }
            target: { tables: "dst-{table}" }
            identity: { rule: keep }
            tables:
              Companies:
                mode: inPlace
                references: { owner: { family: Customers, as: owner_id } }
                set: { kind: "{% 'kind of ' & $record.id %}" }
              Customers:
                identity: { rule: derive, namespace: n }
                references: { company: Companies }
                set: { kind: { through: company, take: kind } }
                merge: { into: { u3: u2 } }
              Orders:
                mode: inPlace
                key: { account: keep, id: self }
                references: { customer: { family: Customers, as: customer_id, onOrphan: keep } }
                set: { company: { through: customer, take: company } }
              Notes: { references: { order: Orders, by: Customers } }
            """;
    }

    @Override
    public String readInRanges() {
        return "Orders";
    }

    @Override
    public double size() {
        return 0.6;
    }

    @Override
    public List<TableShape> shapes() {
        return List.of(
                shape("src-Companies", "id", KeyType.S, Optional.empty()),
                shape("src-Customers", "id", KeyType.S, Optional.empty()),
                shape("dst-Customers", "id", KeyType.S, Optional.empty()),
                shape("src-Orders", "account", KeyType.S, Optional.of(new KeyAttribute("id", KeyType.S))),
                shape("src-Notes", "id", KeyType.S, Optional.empty()),
                shape("dst-Notes", "id", KeyType.S, Optional.empty()));
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 2; i++) {
            load(tables, "src-Companies", record("c" + i, i, "owner", text("u" + i)));
        }
        for (int i = 1; i <= 3; i++) {
            load(tables, "src-Customers", record("u" + i, i, "company", text("c" + (1 + i % 2))));
        }
        for (int i = 1; i <= 4; i++) {
            load(
                    tables,
                    "src-Orders",
                    record("o" + i, i, "account", text(i <= 2 ? "a" : "b" + i), "customer", text("u" + i)));
        }
        for (int i = 1; i <= 2; i++) {
            load(tables, "src-Notes", record("n" + i, i, "order", text("o" + i), "by", text("u3")));
        }
        load(tables, "dst-Customers", item("id", text("theirs"), "title", text("was here before")));
    }

    private static Map<String, AttributeValue> record(String id, int i, Object... namesAndValues) {
        var record = new HashMap<>(everyType(i));
        record.put("id", text(id));
        record.putAll(item(namesAndValues));
        return record;
    }
}
