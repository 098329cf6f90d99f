package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.InMemoryTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tables of a simulation: every way to write a record, orphans of both kinds, records that the plan leaves out, records
 * of others in the target, two kinds of notes in one table, a partition key with so many records that they are read in
 * ranges, records that are merged, values that are taken of other records, and {@link Clubs} that are created.
 */
final class Ward {
    static final List<String> TABLES = List.of("People", "Numbers", "Codes", "Notes", "Clubs", "Members");

    /** Tables of the plan: notes are letters or memos. */
    static final List<String> PLANNED = List.of("People", "Numbers", "Codes", "Letters", "Memos", "Clubs", "Members");

    /** People who are there at the beginning. */
    static final int RECORDS = 6;

    private static final String PLAN = """
        plan: ward
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        unmatched: leave
        tables:
          People:
            where: { kind: open }
            references: { managerId: { family: People, onOrphan: removeReference } }
            merge: { into: { p3: p2 } }
            checks: { accept: [managerId] }
            onConflict: skip
          Numbers: { identity: { rule: derive, digits: 18 } }
          Codes:
            identity: { rule: keep }
            references: { personId: { family: People, onOrphan: keep } }
            checks: { accept: [personId] }
            onConflict: skip
          Letters:
            from: Notes
            match: { sort: letter }
            identity: { rule: keep }
            where: { kind: open }
            references: { personId: People }
            set: { author: { through: personId, take: v } }
            merge: { matchBy: [title], within: personId, onMatch: merge }
            onConflict: overwrite
          Memos:
            from: Notes
            match: { sort: memo }
            identity: { rule: keep }
            where: { kind: open }
            references: { personId: { family: People, onOrphan: fail } }
            onConflict: overwrite
          Clubs:
            references: { headId: { family: Clubs, onOrphan: { create: { why: head } } } }
            checks: { accept: [headId] }
          Members:
            identity: { rule: keep }
            references:
              clubId:
                family: Clubs
                onOrphan: { create: { why: orphan, headId: h0 } }
                onAbsent: { create: { why: "{% 'of ' & $per %}" }, per: tenantId }
            checks: { accept: [clubId] }
            onConflict: overwrite
        """;

    /** People are merged as the plan says, and then letters to them that have the same title. */
    static final Kin.Rules KIN = new Kin.Rules("People", Map.of("p3", "p2"), "Letters", Ward::letter, Ward::isCopied);

    static final Clubs.Sides CLUBS = new Clubs.Sides("src-Clubs", "dst-Clubs", Map.of("src-Members", "dst-Members"));

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
        // It becomes another one when the people do to whom they belong.
        load(tables, "src-Notes", note(8, "p3", "v8"));
        Clubs.records("src-").forEach((at, record) -> load(tables, at.table(), record));
        for (var side : List.of("src-", "dst-")) {
            load(tables, side + "Codes", Map.of("id", text("c"), "n", number(6), "v", text("the same")));
            load(tables, side + "Notes", note(6, "the same"));
        }
        load(tables, "dst-Codes", Map.of("id", text("c"), "n", number(1), "v", text("theirs")));
        load(tables, "dst-Codes", Map.of("id", text("other"), "n", number(1), "v", text("theirs")));
        load(tables, "dst-Notes", Map.of("id", text("n1"), "v", text("overwritten")));
        load(tables, "dst-Notes", Map.of("id", text("n4"), "v", text("overwritten"), "more", text("x")));
        load(tables, "dst-Notes", Map.of("id", text("other"), "v", text("theirs")));
        return tables;
    }

    /** A table, mostly one of the first: they have more to go wrong. */
    static String table(Random random) {
        return TABLES.get(random.nextInt(random.nextInt(4) > 0 ? TABLES.indexOf("Clubs") : TABLES.size()));
    }

    /** A table and those that refer to it, directly or not. */
    static List<String> withReferring(String table) {
        return switch (table) {
            case "People" -> List.of("People", "Codes", "Letters", "Memos");
            case "Clubs" -> List.of("Clubs", "Members");
            default -> List.of(table);
        };
    }

    static Map<String, AttributeValue> person(int number, String manager, String value) {
        return Map.of("id", text("p" + number), "managerId", text(manager), "kind", text("open"), "v", text(value));
    }

    static Map<String, AttributeValue> note(int number, String person, String value) {
        var note = note(number, value);
        note.put("personId", text(person));
        note.put("title", text("title " + number % 3));
        return note;
    }

    private static Map<String, AttributeValue> note(int number, String value) {
        var note = new HashMap<String, AttributeValue>();
        note.put("id", text("n" + number));
        note.put("sort", text(number % 2 == 0 ? "letter" : "memo"));
        note.put("kind", text("open"));
        note.put("v", text(value));
        return note;
    }

    /** A letter that may be merged into another. */
    private static Optional<Kin.Child> letter(Watch.Spot at, Map<String, AttributeValue> record) {
        boolean mayMatch = at.table().equals("src-Notes")
                && isLetter(record)
                && moves(at.table(), record)
                && record.containsKey("title");
        return Optional.ofNullable(record.get("personId"))
                .filter(_ -> mayMatch)
                .map(person -> new Kin.Child(record.get("id").s(), record.get("title"), person.s()));
    }

    private static boolean isLetter(Map<String, AttributeValue> note) {
        return text("letter").equals(note.get("sort"));
    }

    /** Letters keep their ids. */
    private static boolean isCopied(Map<Watch.Spot, Map<String, AttributeValue>> there, String letter) {
        var copy = new Watch.Spot("dst-Notes", new Key(Map.of("id", text(letter))));
        return Optional.ofNullable(there.get(copy)).filter(Ward::isLetter).isPresent();
    }

    /** Where the source records stand that become others. */
    static Watch.Spot source(Kin.Member member) {
        var table = new TableName(member.family());
        return new Watch.Spot("src-" + physical(table), new Key(Map.of("id", text(member.id()))));
    }

    /** The table of the plan that a record in {@code table}, of either side, belongs to. */
    static String planned(String table, Key key) {
        var name = table.replaceFirst("^(src|dst)-", "");
        if (!name.equals("Notes")) {
            return name;
        }
        // The number in its id says which kind a note is that a run reads.
        var id = key.attributes().get("id").s();
        return id.matches("n[0-9]+") && Integer.parseInt(id.substring(1)) % 2 == 0 ? "Letters" : "Memos";
    }

    /** What tells the kinds of notes apart; other tables do not know it. */
    static String sortOf(Watch.Spot at) {
        return planned(at.table(), at.key()).equals("Letters") ? "letter" : "memo";
    }

    /** The name that the physical tables of a table of the plan end in. */
    static String physical(TableName table) {
        return table.named().value().replaceFirst("^(Letters|Memos)$", "Notes");
    }

    /** Whether the plan takes a source record. */
    static boolean moves(String table, Map<String, AttributeValue> record) {
        boolean filtered = table.endsWith("People") || table.endsWith("Notes");
        return !filtered || text("open").equals(record.get("kind"));
    }

    /** Whether a person is there that the plan takes. */
    static boolean isOpen(Map<Watch.Spot, Map<String, AttributeValue>> source, String id) {
        return Optional.ofNullable(source.get(WardMapping.person(text(id))))
                .filter(record -> moves("src-People", record))
                .isPresent();
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
