package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.everyType;
import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Clubs, and notes that refer to them and to each other. Some of them go in the source once they are copied: of these, one comes
 * back, another is changed by others in the target, and to a third a note refers that stays.
 */
final class GoneExhibit implements Exhibit {
    @Override
    public String plan() {
        return """
            plan: gone
            source: { tables: "src-{table}" }
            target: { tables: "dst-{table}" }
            identity: { rule: derive, namespace: n }
            tables:
              Clubs: {}
              Notes:
                key: { account: keep, id: self }
                references: { club: Clubs, next: Notes }
            """;
    }

    @Override
    public String readInRanges() {
        return "Notes";
    }

    @Override
    public double size() {
        return 0.5;
    }

    @Override
    public List<TableShape> shapes() {
        return Stream.of("src-", "dst-")
                .flatMap(side -> Stream.of(
                        shape(side + "Clubs", "id", KeyType.S, Optional.empty()),
                        shape(side + "Notes", "account", KeyType.S, Optional.of(new KeyAttribute("id", KeyType.S)))))
                .toList();
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 5; i++) {
            club(tables, i);
        }
        for (int i = 1; i <= 6; i++) {
            note(tables, i);
        }
        load(tables, "dst-Clubs", item("id", text("theirs"), "title", text("was here before")));
    }

    private static void club(InMemoryTables tables, int i) {
        var club = new HashMap<>(everyType(i));
        club.put("id", text("c" + i));
        load(tables, "src-Clubs", club);
    }

    private static void note(InMemoryTables tables, int i) {
        var note = new HashMap<>(everyType(i));
        note.putAll(noteKey(i));
        note.put("club", text("c" + Math.min(i, 5)));
        if (i == 1 || i > 3) {
            note.put("next", text("n" + (i == 1 ? 3 : 4 + i % 3)));
        }
        load(tables, "src-Notes", note);
    }

    private static Map<String, AttributeValue> noteKey(int i) {
        return Map.of("account", text(i < 4 ? "a" : i == 4 ? "c" : "b"), "id", text("n" + i));
    }

    /** Between the first run and the second: clubs 1 to 4 go, and notes 1 to 3, which refer to the first three of them. */
    static void goOn(InMemoryTables tables) {
        for (int i = 1; i <= 4; i++) {
            delete(tables, "src-Clubs", Map.of("id", text("c" + i)));
        }
        for (int i = 1; i <= 3; i++) {
            delete(tables, "src-Notes", noteKey(i));
        }
    }

    /** Once the second run has listed them: the second note comes back, and others change the copy of the second club. */
    static void comeBack(InMemoryTables tables, Key copyOfSecondClub) {
        note(tables, 2);
        var clubs = new PhysicalTable("dst-Clubs");
        var changed = new HashMap<>(tables.items(clubs).stream()
                .filter(club ->
                        club.get("id").equals(copyOfSecondClub.attributes().get("id")))
                .findFirst()
                .orElseThrow());
        changed.put("title", text("theirs"));
        load(tables, "dst-Clubs", changed);
    }

    /** One more club. */
    static void found(InMemoryTables tables) {
        club(tables, 6);
    }

    private static void delete(InMemoryTables tables, String table, Map<String, AttributeValue> key) {
        tables.deleteAll(new PhysicalTable(table), List.of(new Key(key)));
    }
}
