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
 * Three kinds of records, and records of no kind, in one table that is read in ranges, where a customer and a sale have the
 * same partition key; and a table that refers to them.
 */
final class KindsExhibit implements Exhibit {
    private static final String COPIED = """
        plan: kinds
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        unmatched: copy
        tables:
          Customers: { from: Shop, match: { kind: customer }, key: { account: keep, id: self } }
          Sales:
            from: Shop
            match: { kind: sale }
            key: { account: keep, id: self }
            references: { customer: Customers, "also[]": Customers }
          Remarks: { from: Shop, match: { remark: true }, key: { account: keep }, references: { sale: Sales } }
          Jobs: { references: { customer: Customers, sale: Sales } }
        """;

    private static final String CHANGED = """
        plan: kinds
        mode: inPlace
        source: { tables: "src-{table}" }
        families:
          Tenants: { rule: lookup, mapping: { ids: { t1: o1, t2: o2 } } }
        unmatched: leave
        tables:
          Customers:
            from: Shop
            match: { kind: customer }
            key: { account: keep, id: self }
            references: { tenant: { family: Tenants, as: org } }
          Sales:
            from: Shop
            match: { kind: sale }
            key: { account: keep, id: self }
            references: { tenant: Tenants, customer: Customers }
            drop: [old]
          Remarks: { from: Shop, match: { remark: true }, key: { account: keep }, set: { text: seen }, onExisting: overwrite }
          Jobs: { set: { label: "{% 'job of ' & $record.customer %}" } }
        """;

    private final boolean inPlace;

    KindsExhibit(boolean inPlace) {
        this.inPlace = inPlace;
    }

    @Override
    public String plan() {
        return inPlace ? CHANGED : COPIED;
    }

    @Override
    public String readInRanges() {
        return "Shop";
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
                        shape(side + "Shop", "account", KeyType.S, Optional.of(new KeyAttribute("id", KeyType.S))),
                        shape(side + "Jobs", "id", KeyType.S, Optional.empty())))
                .toList();
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 2; i++) {
            load(tables, "src-Shop", of(i, "c", "kind", text("customer"), "tenant", text("t" + i)));
            load(
                    tables,
                    "src-Shop",
                    of(
                            i,
                            "s",
                            "kind",
                            text("sale"),
                            "tenant",
                            text("t" + i),
                            "customer",
                            text("c" + i),
                            "also",
                            AttributeValue.fromL(List.of(text("c1"), text("c2"))),
                            "old",
                            text("old")));
            load(
                    tables,
                    "src-Shop",
                    of(i, "r", "remark", AttributeValue.fromBool(true), "sale", text("s" + i), "text", text("t")));
            load(tables, "src-Shop", of(i, "x", "kind", text("other")));
            load(tables, "src-Jobs", item("id", text("j" + i), "customer", text("c" + i), "sale", text("s" + (3 - i))));
        }
        if (!inPlace) {
            load(tables, "dst-Shop", item("account", text("a"), "id", text("theirs"), "kind", text("sale")));
            load(tables, "dst-Shop", of(2, "x", "kind", text("other")));
        }
    }

    private static Map<String, AttributeValue> of(int i, String prefix, Object... namesAndValues) {
        var record = new HashMap<>(everyType(i));
        boolean crowded = i == 1 && (prefix.equals("c") || prefix.equals("s"));
        record.put("account", text(crowded ? "a" : "b" + prefix + i));
        record.put("id", text(prefix + i));
        record.putAll(item(namesAndValues));
        return record;
    }
}
