package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.shape;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.EarlierValues;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.InMemoryTables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tables of a simulation in place: people get the new id of their tenant beside the old one, another attribute that
 * follows from what they hold, and lose one; pets, in the same physical table, get another label; of notes, the new id takes
 * the place of the old one.
 */
final class Yard {
    static final List<String> TABLES = List.of("People", "Pets", "Notes");
    static final int RECORDS = 5;
    static final int TENANTS = 3;

    private static final TableShape FOLK = shape("own-Folk", "id", KeyType.S, Optional.empty());

    private static final String PLAN = """
        plan: yard
        mode: inPlace
        source: { tables: "own-{table}" }
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
          Pets:
            from: Folk
            match: { sort: pet }
            onExisting: overwrite
            references: { tenantId: { family: Tenants, as: orgId } }
            set: { label: "{% 'pet of ' & $record.tenantId %}" }
          Notes:
            references: { tenantId: Tenants, personId: { family: People, onOrphan: keep } }
        """;

    private static final Map<Where, Map<TableName, InPlaceMapping>> MAPPINGS = new ConcurrentHashMap<>();

    private Yard() {}

    static String plan(Optional<String> onDrift) {
        return PLAN + onDrift.map(choice -> "onDrift: " + choice + "\n").orElse("");
    }

    static boolean isIn(Spot at) {
        return at.table().startsWith("own-");
    }

    /** The plan's table of a record; empty if it is of none. */
    static Optional<TableName> tableOf(Spot at, Map<String, AttributeValue> record) {
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

    /** The place of a record of a table of the plan. */
    static Spot spot(TableName table, Key key) {
        return new Spot(shapes().get(table).table().name(), key);
    }

    /** The tables of the plan whose records can stand there. */
    static Stream<TableName> tablesAt(Spot at) {
        return shapes().entrySet().stream()
                .filter(one -> one.getValue().table().name().equals(at.table()))
                .map(Map.Entry::getKey);
    }

    private static Map<TableName, TableShape> shapes() {
        var number = Optional.of(new KeyAttribute("n", KeyType.N));
        return Map.of(
                new TableName("People"), FOLK,
                new TableName("Pets"), FOLK,
                // It stands for the physical table, and for records of no table.
                new TableName("Folk"), FOLK,
                new TableName("Notes"), shape("own-Notes", "id", KeyType.S, number));
    }

    private static Stream<TableShape> physical() {
        return shapes().values().stream().distinct();
    }

    static InMemoryTables tables() {
        var tables = new InMemoryTables();
        physical().forEach(tables::createTable);
        tables.createTable(shape("own-mapping", "id", KeyType.S, Optional.empty()));
        for (int i = 0; i < TENANTS; i++) {
            load(tables, "own-mapping", item("id", text("t" + i), "org", text("o" + i)));
        }
        for (int i = 0; i < RECORDS; i++) {
            load(tables, "own-Folk", i == 4 ? pet(i, "t1") : person(i, "t" + i % TENANTS));
            load(tables, "own-Notes", note(i, "t" + i % TENANTS));
        }
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

    static Map<String, AttributeValue> pet(int number, String tenant) {
        var pet = person(number, tenant);
        pet.put("sort", text("pet"));
        return pet;
    }

    /** All but one have the same partition key. */
    static Map<String, AttributeValue> note(int number, String tenant) {
        return item(
                "id", text(number == 0 ? "n0" : "n"),
                "n", AttributeValue.fromN("" + number),
                "tenantId", text(tenant),
                "personId", text("p" + number),
                "v", text("first"));
    }

    /** What is changed in place. */
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

    static String table(Random random) {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    /** The records of one tenant. */
    static Map<String, String> ofTenant(Random random) {
        return Map.of("tenantId", "t" + random.nextInt(TENANTS));
    }

    /** What the plan does with a record. */
    static InPlaceOutcome map(Spot at, Map<String, AttributeValue> record) {
        return map(Scope.ALL, at, record);
    }

    /** What a run of the plan does with a record. */
    static InPlaceOutcome map(Scope scope, Spot at, Map<String, AttributeValue> record) {
        return tableOf(at, record)
                .filter(scope::includes)
                .map(table -> MAPPINGS.computeIfAbsent(scope.records(), Yard::mappings)
                        .get(table)
                        .map(record))
                .orElseGet(MappingOutcome.FilteredOut::new);
    }

    private static Map<TableName, InPlaceMapping> mappings(Where scope) {
        var plan = Functions.plan(PLAN);
        var tenants = new FamilyName("Tenants");
        var builder = new MappingBuilder(plan.lookup(tenants).orElseThrow());
        for (int i = 0; i < TENANTS; i++) {
            var _ = builder.add("t" + i, "o" + i);
        }
        var families = Families.of(plan, shapes(), Map.<FamilyName, Mapping>of(tenants, builder.build()));
        var mappings = new HashMap<TableName, InPlaceMapping>();
        shapes().forEach((name, shape) -> mappings.put(
                name,
                InPlaceMapping.of(
                        plan.table(name),
                        shape,
                        scope,
                        families,
                        Orphans.NONE,
                        Taken.NOTHING,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        EarlierValues.NONE)));
        return mappings;
    }
}
