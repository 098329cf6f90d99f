package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.store.InMemoryTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tables of a simulation in place: people get the new id of their tenant beside the old one, another attribute that
 * follows from what they hold, and lose one; pets, in the same physical table, get another label; of notes, the new id takes
 * the place of the old one, and they take the name of a person. A person is merged into another, and so are their pets.
 * {@link Clubs} are created for notes, and for their members, who are copied.
 */
final class Yard {
    static final List<String> TABLES = List.of("People", "Pets", "Notes", "Clubs", "Members");
    static final int RECORDS = 5;
    static final int TENANTS = 3;

    private static final TableShape FOLK = shape("own-Folk", "id", KeyType.S, Optional.empty());

    /** Where members are copied to. */
    private static final TableShape COPIES = shape("new-Members", "id", KeyType.S, Optional.empty());

    private static final String PLAN = """
        plan: yard
        mode: inPlace
        source: { tables: "own-{table}" }
        target: { tables: "new-{table}" }
        families:
          Tenants: { rule: lookup, mapping: { table: own-mapping, from: id, to: org } }
        unmatched: leave
        tables:
          People:
            from: Folk
            match: { sort: person }
            onExisting: overwrite
            where: { kind: open }
            references: { tenantId: { family: Tenants, as: orgId } }
            set: { label: "{% $record.name & ' of ' & $record.tenantId %}" }
            drop: [old]
            merge: { into: { p1: p0 }, require: "{% $not($record.gone = true) %}" }
            merged: { set: { gone: true, heir: "{% $survivor & ' of ' & $record.tenantId %}" } }
            checks: { accept: [tenantId] }
          Pets:
            from: Folk
            match: { sort: pet }
            onExisting: overwrite
            references:
              tenantId: { family: Tenants, as: orgId }
              ownerId: { family: People, onOrphan: keep }
            set: { label: "{% 'pet of ' & $record.tenantId %}" }
            merge: { matchBy: [name], within: ownerId, onMatch: merge, require: "{% $not($record.gone = true) %}" }
            merged: { set: { gone: true, heir: "{% $survivor & ' of ' & $record.tenantId %}" } }
            checks: { accept: [tenantId, ownerId] }
          Notes:
            onExisting: overwrite
            references:
              tenantId: Tenants
              personId: { family: People, onOrphan: keep }
              petId: { family: Pets, onOrphan: keep }
              kinId: { family: People, onOrphan: removeReference }
              clubId:
                family: Clubs
                onOrphan: { create: { why: orphan, headId: h0, tenantId: t0 } }
                onAbsent: { create: { why: "{% 'of ' & $per %}", tenantId: "{% $per %}" }, per: tenantId }
            set: { taken: { through: personId, take: name } }
            checks: { accept: [petId, kinId, clubId] }
          Clubs:
            onExisting: overwrite
            references: { headId: { family: Clubs, onOrphan: { create: { why: head, tenantId: t0 } } } }
            set: { seen: true }
            checks: { accept: [headId] }
          Members:
            mode: copy
            onConflict: overwrite
            identity: { rule: keep }
            references:
              personId: { family: People, onOrphan: keep }
              clubId:
                family: Clubs
                onOrphan: { create: { why: orphan, headId: h0, tenantId: t0 } }
                onAbsent: { create: { why: "{% 'of ' & $per %}", tenantId: "{% $per %}" }, per: tenantId }
            checks: { accept: [personId, clubId] }
        """;

    /** People are merged as the plan says, and then pets of theirs that have the same name. */
    static final Kin.Rules KIN = new Kin.Rules("People", Map.of("p1", "p0"), "Pets", Yard::pet, (_, _) -> false);

    static final Clubs.Sides CLUBS =
            new Clubs.Sides("own-Clubs", "own-Clubs", Map.of("own-Notes", "own-Notes", "own-Members", "new-Members"));

    private Yard() {}

    static String plan(Optional<String> onDrift) {
        return PLAN + onDrift.map(choice -> "onDrift: " + choice + "\n").orElse("");
    }

    /** A pet that may be merged into another. */
    private static Optional<Kin.Child> pet(Spot at, Map<String, AttributeValue> record) {
        boolean isPet = tableOf(at, record).equals(Optional.of(new TableName("Pets")));
        return Optional.ofNullable(record.get("ownerId"))
                .filter(_ -> isPet && !AttributeValue.fromBool(true).equals(record.get("gone")))
                .map(owner -> new Kin.Child(id(at), record.get("name"), owner.s()));
    }

    /** Whether the person with an id can be merged, or be one that another is merged into. */
    static boolean mayBeMerged(Map<Spot, Map<String, AttributeValue>> there, String id) {
        return Optional.ofNullable(there.get(folk(id)))
                .filter(record -> text("person").equals(record.get("sort"))
                        && text("open").equals(record.get("kind"))
                        && !AttributeValue.fromBool(true).equals(record.get("gone")))
                .isPresent();
    }

    /** Whom a note refers to and need not, if it does; empty of all other records. */
    static Optional<Spot> kin(Spot at, Map<String, AttributeValue> record) {
        return at.table().equals("own-Notes")
                ? Optional.ofNullable(record.get("kinId")).map(id -> folk(id.s()))
                : Optional.empty();
    }

    /** Whether somebody stands there to whom a reference is no orphan. */
    static boolean isPerson(Optional<Map<String, AttributeValue>> there) {
        return there.filter(record -> text("person").equals(record.get("sort"))
                        && text("open").equals(record.get("kind")))
                .isPresent();
    }

    /** The attribute of {@code table} that refers to records of {@code other}; empty if there is none. */
    static Optional<String> reference(TableName table, TableName other) {
        return switch (table + " to " + other) {
            case "Notes to People" -> Optional.of("personId");
            case "Notes to Pets" -> Optional.of("petId");
            case "Pets to People" -> Optional.of("ownerId");
            default -> Optional.empty();
        };
    }

    /** The identity of what stands there, unless it is a note. */
    static String id(Spot at) {
        return at.key().attributes().get("id").s();
    }

    /** Where the person or the pet with an id stands. */
    static Spot folk(String id) {
        return new Spot("own-Folk", new Key(Map.of("id", text(id))));
    }

    static boolean isIn(Spot at) {
        return at.table().startsWith("own-");
    }

    /** The plan's table of a record that is changed in place; empty if it is of none. */
    static Optional<TableName> tableOf(Spot at, Map<String, AttributeValue> record) {
        if (isOfMembers(at)) {
            return Optional.empty();
        }
        if (!at.table().equals("own-Folk")) {
            return Optional.of(new TableName(at.table().replace("own-", "")));
        }
        return switch (Optional.ofNullable(record.get("sort"))
                .map(AttributeValue::s)
                .orElse("")) {
            case "person" -> Optional.of(new TableName("People"));
            case "pet" -> Optional.of(new TableName("Pets"));
            default -> Optional.empty();
        };
    }

    /** Whether members stand there, whom runs copy. */
    static boolean isOfMembers(Spot at) {
        return at.table().endsWith("-Members");
    }

    /** Where a member is copied to. */
    static Spot copy(Spot member) {
        return new Spot(COPIES.table().name(), member.key());
    }

    /** The place of a record of a table of the plan. */
    static Spot spot(TableName table, Key key) {
        return new Spot(shapes().get(table.named()).table().name(), key);
    }

    /** The tables of the plan whose records can stand there. */
    static Stream<TableName> tablesAt(Spot at) {
        return shapes().entrySet().stream()
                .filter(one -> one.getValue().table().name().equals(at.table()))
                .map(Map.Entry::getKey);
    }

    static Map<TableName, TableShape> shapes() {
        var number = Optional.of(new KeyAttribute("n", KeyType.N));
        return Map.of(
                new TableName("People"),
                FOLK,
                new TableName("Pets"),
                FOLK,
                // It stands for the physical table, and for records of no table.
                new TableName("Folk"),
                FOLK,
                new TableName("Notes"),
                shape("own-Notes", "id", KeyType.S, number),
                new TableName("Clubs"),
                shape("own-Clubs", "id", KeyType.S, Optional.empty()),
                new TableName("Members"),
                shape("own-Members", "id", KeyType.S, Optional.empty()));
    }

    private static Stream<TableShape> physical() {
        return Stream.concat(shapes().values().stream().distinct(), Stream.of(COPIES));
    }

    static InMemoryTables tables() {
        var tables = new InMemoryTables();
        physical().forEach(tables::createTable);
        tables.createTable(shape("own-mapping", "id", KeyType.S, Optional.empty()));
        for (int i = 0; i < TENANTS; i++) {
            load(tables, "own-mapping", item("id", text("t" + i), "org", text("o" + i)));
        }
        for (int i = 0; i < RECORDS; i++) {
            load(tables, "own-Folk", i == 4 ? pet(i, "t1", "p2", 0) : person(i, "t" + i % TENANTS));
            load(tables, "own-Notes", note(i, "t" + i % TENANTS));
        }
        Clubs.records("own-").forEach((at, record) -> load(tables, at.table(), record));
        // They become one when the people do to whom they belong.
        load(tables, "own-Folk", pet(5, "t0", "p0", 1));
        load(tables, "own-Folk", pet(6, "t2", "p1", 1));
        return tables;
    }

    static Map<String, AttributeValue> person(int number, String tenant) {
        return item(
                "id", text("p" + number),
                "sort", text("person"),
                "kind", text(number == 3 ? "closed" : "open"),
                "name", text("name"),
                "tenantId", text(tenant),
                "old", text("old"),
                "v", text("first"));
    }

    /** @param name number of it */
    static Map<String, AttributeValue> pet(int number, String tenant, String owner, int name) {
        var pet = person(number, tenant);
        pet.put("sort", text("pet"));
        pet.put("ownerId", text(owner));
        pet.put("name", text("pet " + name));
        return pet;
    }

    /** All but one have the same partition key. */
    static Map<String, AttributeValue> note(int number, String tenant) {
        return item(
                "id", text(number == 0 ? "n0" : "n"),
                "n", AttributeValue.fromN("" + number),
                "tenantId", text(tenant),
                "personId", text("p" + number),
                "petId", text("p" + (4 + number % 3)),
                // Somebody who is not there, and may come.
                "kinId", text("p" + (7 + number % 3)),
                "clubId", text(number == 1 ? "" : "k" + (number == 3 ? 7 : number % 2)),
                "v", text("first"));
    }

    /** What the plan reads and writes. */
    static Map<Spot, Map<String, AttributeValue>> everything(InMemoryTables tables) {
        var all = new HashMap<Spot, Map<String, AttributeValue>>();
        physical()
                .forEach(shape -> tables.items(shape.table())
                        .forEach(item -> all.put(new Spot(shape.table().name(), shape.keyOf(item)), item)));
        return all;
    }

    static Spot spot(String table, Map<String, AttributeValue> item) {
        var shape = physical()
                .filter(one -> one.table().name().equals(table))
                .findFirst()
                .orElseThrow();
        return new Spot(table, shape.keyOf(item));
    }

    /** A table of the plan. */
    static String table(Random random) {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    /** One that is changed in place. */
    static String changed(Random random) {
        return TABLES.get(random.nextInt(TABLES.indexOf("Members")));
    }

    /** The records of one tenant. */
    static Map<String, String> ofTenant(Random random) {
        return Map.of("tenantId", "t" + random.nextInt(TENANTS));
    }
}
