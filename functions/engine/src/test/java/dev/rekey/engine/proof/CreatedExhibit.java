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
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parents that do not exist: for references that hold no id, one for each tenant; for ids that no record has, in an attribute
 * and in a list; for one that is created itself, and refers to another of its table. The records that refer to them are read
 * in ranges.
 */
final class CreatedExhibit implements Exhibit {
    private static final String TABLES = """
        tables:
          Companies:
            references:
              head: { family: Companies, onOrphan: { create: { name: Head } } }
            set: { seen: true }
          Contacts:
            key: { account: keep, id: self }
            references:
              company:
                family: Companies
                onOrphan: { create: { name: Unknown, head: c1 } }
                onAbsent: { create: { name: Default, tenant: "{% $per %}", head: c7 }, per: tenant }
              "others[]": { family: Companies, onOrphan: { create: { name: Unknown, head: c1 } } }
        """;

    private static final String COPIED = """
        plan: created
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        """;

    private static final String CHANGED = """
        plan: created
        mode: inPlace
        source: { tables: "src-{table}" }
        """;

    private final boolean inPlace;

    CreatedExhibit(boolean inPlace) {
        this.inPlace = inPlace;
    }

    @Override
    public String plan() {
        return (inPlace ? CHANGED : COPIED) + TABLES;
    }

    @Override
    public String readInRanges() {
        return "Contacts";
    }

    @Override
    public double size() {
        return 0.4;
    }

    @Override
    public List<TableShape> shapes() {
        return Stream.of("src-", "dst-")
                .filter(side -> !inPlace || side.equals("src-"))
                .flatMap(side -> Stream.of(
                        shape(side + "Companies", "id", KeyType.S, Optional.empty()),
                        shape(side + "Contacts", "account", KeyType.S, Optional.of(new KeyAttribute("id", KeyType.S)))))
                .toList();
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 2; i++) {
            load(tables, "src-Companies", record("c" + i, i, Map.of("name", text("Company " + i))));
        }
        contact(tables, 1, "t1", "c1");
        contact(tables, 2, "t1", "");
        contact(tables, 3, "t2", "");
        contact(tables, 4, "t1", "");
        contact(tables, 5, "t2", "c9");
        if (!inPlace) {
            load(tables, "dst-Companies", item("id", text("theirs"), "name", text("was here before")));
        }
    }

    private static void contact(InMemoryTables tables, int i, String tenant, String company) {
        var contact = item("account", text(i < 3 ? "a" : "b" + i), "tenant", text(tenant));
        if (!company.isEmpty()) {
            contact.put("company", text(company));
            contact.put("others", AttributeValue.fromL(List.of(text("c2"), text("c8"))));
        }
        load(tables, "src-Contacts", record("p" + i, i, contact));
    }

    private static Map<String, AttributeValue> record(String id, int i, Map<String, AttributeValue> more) {
        var record = new HashMap<>(everyType(i));
        record.put("id", text(id));
        record.putAll(more);
        return record;
    }
}
