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

/** Orders, in a table that is read in ranges, take values of customers, and customers of other customers. */
final class ThroughExhibit implements Exhibit {
    private static final String COPIED = """
        plan: through
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        tables:
          Firms: {}
          Customers:
            references: { firm: Firms, parent: Customers }
            rename: { firm: company }
            set: { above: { through: parent, take: name } }
          Orders:
            key: { account: keep, id: self }
            references: { customer: { family: Customers, onOrphan: keep } }
            set: { company: { through: customer, take: firm } }
            setIfAbsent: { name: { through: customer, take: name } }
        """;

    private static final String CHANGED = """
        plan: through
        mode: inPlace
        source: { tables: "src-{table}" }
        families:
          Tenants: { rule: lookup, mapping: { ids: { f1: o1, f2: o2 } } }
        tables:
          Customers:
            references: { firm: { family: Tenants, as: org }, parent: Customers }
            set: { above: { through: parent, take: org } }
          Orders:
            key: { account: keep, id: self }
            references: { customer: { family: Customers, onOrphan: keep } }
            rename: { customer: client }
            set: { org: { through: customer, take: org } }
            setIfAbsent: { name: { through: customer, take: name } }
        """;

    private final boolean inPlace;

    ThroughExhibit(boolean inPlace) {
        this.inPlace = inPlace;
    }

    @Override
    public String plan() {
        return inPlace ? CHANGED : COPIED;
    }

    @Override
    public String readInRanges() {
        return "Orders";
    }

    /** There are fewer tables than elsewhere. */
    @Override
    public double size() {
        return 0.4;
    }

    @Override
    public List<TableShape> shapes() {
        return Stream.of("src-", "dst-")
                .filter(side -> !inPlace || side.equals("src-"))
                .flatMap(side -> Stream.of(
                        shape(side + "Firms", "id", KeyType.S, Optional.empty()),
                        shape(side + "Customers", "id", KeyType.S, Optional.empty()),
                        shape(side + "Orders", "account", KeyType.S, Optional.of(new KeyAttribute("id", KeyType.S)))))
                .filter(shape -> !inPlace || !shape.table().name().endsWith("Firms"))
                .toList();
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 2; i++) {
            if (!inPlace) {
                load(tables, "src-Firms", item("id", text("f" + i)));
            }
            load(
                    tables,
                    "src-Customers",
                    item("id", text("c" + i), "firm", text("f" + i), "parent", text("c1"), "name", text("name " + i)));
            load(tables, "src-Orders", order(i, "customer", text("c" + i)));
        }
        load(tables, "src-Orders", order(3, "customer", text("c1"), "name", text("of its own")));
        load(tables, "src-Orders", order(4, "customer", text("nobody")));
        load(tables, "src-Orders", order(5));
    }

    private static Map<String, AttributeValue> order(int i, Object... namesAndValues) {
        var record = new HashMap<>(everyType(i));
        record.put("account", text(i <= 2 ? "a" : "b" + i));
        record.put("id", text("o" + i));
        record.putAll(item(namesAndValues));
        return record;
    }
}
