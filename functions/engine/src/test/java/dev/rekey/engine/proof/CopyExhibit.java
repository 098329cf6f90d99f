package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.binary;
import static dev.rekey.engine.proof.Items.everyType;
import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryTables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Six tables in four levels: a cycle, a reference of a table to itself, references in lists, maps and keys, keys of every
 * type, attributes of every type, and a target that is not empty.
 */
final class CopyExhibit implements Exhibit {
    private static final String PLAN = """
        plan: exhibit
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        tables:
          Regions: { identity: { rule: keep }, onConflict: skip }
          Accounts: { references: { regionId: Regions, ownerId: People } }
          People:
            identity: { rule: derive, digits: 18 }
            references: { accountId: Accounts, managerId: People }
          Orders:
            key: { accountId: Accounts, number: keep }
            references: { "lines[].personId": People, meta.regionId: Regions }
          Documents: { references: { authorId: People } }
          Entries:
            identity: { rule: keep }
            references: { documentId: Documents }
            onConflict: overwrite
        """;

    @Override
    public String plan() {
        return PLAN;
    }

    @Override
    public String readInRanges() {
        return "Orders";
    }

    @Override
    public void fill(InMemoryTables tables) {
        regions(tables);
        accountsAndPeople(tables);
        orders(tables);
        documentsAndEntries(tables);
    }

    /** The tables of both sides. */
    @Override
    public List<TableShape> shapes() {
        return Stream.of("src-", "dst-")
                .flatMap(side -> Stream.of(
                        shape(side + "Regions", "id", KeyType.S, Optional.empty()),
                        shape(side + "Accounts", "id", KeyType.S, Optional.empty()),
                        shape(side + "People", "id", KeyType.N, Optional.empty()),
                        shape(
                                side + "Orders",
                                "accountId",
                                KeyType.S,
                                Optional.of(new KeyAttribute("number", KeyType.N))),
                        shape(side + "Documents", "id", KeyType.B, Optional.empty()),
                        shape(side + "Entries", "id", KeyType.S, Optional.empty())))
                .toList();
    }

    private static void regions(InMemoryTables tables) {
        load(tables, "src-Regions", item("id", text("eu"), "name", text("Europe")));
        load(tables, "src-Regions", item("id", text("us"), "name", text("America")));
        load(tables, "src-Regions", item("id", text("af"), "name", text("Africa")));
        load(tables, "dst-Regions", item("id", text("eu"), "name", text("Europe")));
        load(tables, "dst-Regions", item("id", text("us"), "name", text("the States"), "theirs", text("yes")));
        load(tables, "dst-Regions", item("id", text("mars"), "name", text("Mars")));
    }

    private static void accountsAndPeople(InMemoryTables tables) {
        for (int i = 1; i <= 3; i++) {
            load(
                    tables,
                    "src-Accounts",
                    item(
                            "id",
                            text("a" + i),
                            "regionId",
                            text(i == 1 ? "eu" : "af"),
                            "ownerId",
                            AttributeValue.fromN("" + i)));
            load(
                    tables,
                    "src-People",
                    item(
                            "id",
                            AttributeValue.fromN("" + i),
                            "accountId",
                            text("a" + (4 - i)),
                            "managerId",
                            i == 1 ? AttributeValue.fromNul(true) : AttributeValue.fromN("" + (i - 1))));
        }
        load(tables, "dst-Accounts", item("id", text("somebody else's"), "regionId", text("us")));
    }

    private static void orders(InMemoryTables tables) {
        for (int i = 1; i <= 3; i++) {
            var line = AttributeValue.fromM(item("personId", AttributeValue.fromN("" + i), "price", text("12")));
            load(
                    tables,
                    "src-Orders",
                    item(
                            "accountId",
                            text(i == 3 ? "a2" : "a1"),
                            "number",
                            AttributeValue.fromN(i + ".50"),
                            "lines",
                            AttributeValue.fromL(List.of(line, line)),
                            "meta",
                            AttributeValue.fromM(item("regionId", text("us")))));
        }
    }

    private static void documentsAndEntries(InMemoryTables tables) {
        for (int i = 1; i <= 3; i++) {
            var document = everyType(i);
            document.put("id", binary(i, 0xff, 0));
            document.put("authorId", AttributeValue.fromN("" + i));
            load(tables, "src-Documents", document);
            load(
                    tables,
                    "src-Entries",
                    item("id", text("e" + i), "documentId", binary(i, 0xff, 0), "v", text("new " + i)));
        }
        load(tables, "src-Entries", item("id", text("e4"), "v", text("alone")));
        load(tables, "dst-Entries", item("id", text("e4"), "v", text("alone")));
        var overwritten = everyType(9);
        overwritten.put("id", text("e2"));
        load(tables, "dst-Entries", overwritten);
        load(tables, "dst-Entries", item("id", text("e9"), "v", text("was here before")));
    }
}
