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
 * Merges of three tables: those of the plan, those that follow from them, and those that follow from these; a record that
 * matches and stays, because it may not be merged; and a table, read in ranges, whose records refer to all of them.
 */
final class MergesExhibit implements Exhibit {
    private static final String TABLES = """
        tables:
          Customers:
            merge: { into: { c1: c2, c2: c3 }, require: "{% $not($record.gone = true) %}" }CUSTOMERS
          Clients:
            references: { customer: Customers }
            merge: { matchBy: [name], within: customer, onMatch: merge, oldestBy: since, normalize: [trim, lowercase],
                     require: "{% $not($record.gone = true) %}" }CLIENTS
          Places:
            references: { client: Clients }
            merge: { matchBy: [street], within: client, onMatch: merge }
          Jobs:
            key: { account: keep, id: self }
            references: { customer: Customers, client: Clients, "places[]": Places }
        """;

    private static final String COPIED = """
        plan: merges
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        """;

    private static final String CHANGED = """
        plan: merges
        mode: inPlace
        source: { tables: "src-{table}" }
        """;

    private final boolean inPlace;

    MergesExhibit(boolean inPlace) {
        this.inPlace = inPlace;
    }

    /** What is set makes {@code require} false. */
    @Override
    public String plan() {
        var customers = "\n    merged: { set: { gone: true, parent: \"{% $survivor %}\" } }";
        var clients = "\n    merged: { set: { gone: true, customer: nobody } }";
        var tables = TABLES.replace("CUSTOMERS", inPlace ? customers : "").replace("CLIENTS", inPlace ? clients : "");
        return (inPlace ? CHANGED : COPIED) + tables;
    }

    @Override
    public String readInRanges() {
        return "Jobs";
    }

    @Override
    public double size() {
        return 0.7;
    }

    @Override
    public List<TableShape> shapes() {
        return Stream.of("src-", "dst-")
                .filter(side -> !inPlace || side.equals("src-"))
                .flatMap(side -> Stream.of(
                        shape(side + "Customers", "id", KeyType.S, Optional.empty()),
                        shape(side + "Clients", "id", KeyType.S, Optional.empty()),
                        shape(side + "Places", "id", KeyType.S, Optional.empty()),
                        shape(side + "Jobs", "account", KeyType.S, Optional.of(new KeyAttribute("id", KeyType.S)))))
                .toList();
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 3; i++) {
            load(tables, "src-Customers", record("c" + i, i, Map.of("title", text("Customer " + i))));
        }
        client(tables, 1, "c1", " Anna", false);
        client(tables, 2, "c3", "anna", false);
        client(tables, 3, "c2", "ANNA ", false);
        client(tables, 4, "c1", "anna", true);
        place(tables, 1, "u1", "High Street");
        place(tables, 2, "u2", "High Street");
        place(tables, 3, "u3", "Low Street");
        for (int i = 1; i <= 3; i++) {
            var places = AttributeValue.fromL(List.of(text("p1"), text("p" + i)));
            var job = item("account", text(i < 3 ? "a" : "b"), "customer", text("c" + i), "client", text("u" + i));
            job.put("places", places);
            load(tables, "src-Jobs", record("j" + i, i, job));
        }
        if (!inPlace) {
            load(tables, "dst-Customers", item("id", text("theirs"), "title", text("was here before")));
        }
    }

    private static void client(InMemoryTables tables, int i, String customer, String name, boolean gone) {
        var client = item("customer", text(customer), "name", text(name), "since", AttributeValue.fromN("" + (9 - i)));
        if (gone) {
            client.put("gone", AttributeValue.fromBool(true));
        }
        load(tables, "src-Clients", record("u" + i, i, client));
    }

    private static void place(InMemoryTables tables, int i, String client, String street) {
        load(tables, "src-Places", record("p" + i, i, Map.of("client", text(client), "street", text(street))));
    }

    private static Map<String, AttributeValue> record(String id, int i, Map<String, AttributeValue> more) {
        var record = new HashMap<>(everyType(i));
        record.put("id", text(id));
        record.putAll(more);
        return record;
    }
}
