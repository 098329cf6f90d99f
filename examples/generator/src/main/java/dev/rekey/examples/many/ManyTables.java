package dev.rekey.examples.many;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Departments of six tables each: keys of one and of two attributes, ids of every form, references as attributes, in lists, sets, maps,
 * keys of maps, JSON and keys. What no record says, such as the ids of another department that look alike, is not a reference.
 *
 * @param departments at least 1
 */
public record ManyTables(int departments) {
    /** Of one department. */
    public static final int TABLES = 6;

    private static final int RECORDS = 24;
    private static final List<String> NAMES = List.of(
            "Sales", "Support", "Billing", "Stock", "Travel", "School", "Clinic", "Media", "Fleet", "Legal", "Press",
            "Farm");

    /**
     * A reference that the data holds.
     *
     * @param path as a plan writes it; the name of an attribute of the key, if {@code inKey}
     * @param to name of the table that it refers to
     */
    public record Truth(String table, String path, String to, boolean inKey) {}

    /** How the ids of a department's accounts look. */
    private enum Form {
        RANDOM,
        PREFIXED,
        SLUG,
        NUMBER,
        HEX;

        AttributeValue id(String department, int i) {
            var random = UUID.nameUUIDFromBytes((department + i).getBytes(StandardCharsets.UTF_8))
                    .toString();
            return switch (this) {
                case RANDOM -> text(random);
                case PREFIXED ->
                    text("%s-%05d".formatted(department.substring(0, 3).toLowerCase(Locale.ROOT), i));
                case SLUG -> text(department.toLowerCase(Locale.ROOT) + "-partner-" + i);
                case NUMBER -> AttributeValue.fromN("" + (department.hashCode() & 0xffff) + "0" + i);
                case HEX -> text(random.replace("-", ""));
            };
        }

        ScalarAttributeType type() {
            return this == NUMBER ? ScalarAttributeType.N : ScalarAttributeType.S;
        }
    }

    private static Form form(int department) {
        return Form.values()[department % Form.values().length];
    }

    private static String name(int department) {
        return NAMES.get(department % NAMES.size()) + (department < NAMES.size() ? "" : department / NAMES.size());
    }

    private IntStream all() {
        return IntStream.range(0, departments);
    }

    /** How the tables are made. */
    public List<ExampleTable> tables() {
        return all().boxed()
                .flatMap(department -> {
                    var name = name(department);
                    var account = new Attribute("accountId", form(department).type());
                    var sku = new Attribute("sku", ScalarAttributeType.S);
                    return Stream.of(
                            ExampleTable.of(
                                    name + "Accounts",
                                    new Attribute("id", form(department).type())),
                            ExampleTable.of(name + "Items", sku),
                            ExampleTable.of(name + "Orders", account, new Attribute("orderNo", ScalarAttributeType.S)),
                            ExampleTable.of(name + "Notes", new Attribute("id", ScalarAttributeType.S)),
                            ExampleTable.of(name + "Prices", account, sku),
                            ExampleTable.of(
                                    name + "Events",
                                    new Attribute("source", ScalarAttributeType.S),
                                    new Attribute("at", ScalarAttributeType.N)));
                })
                .toList();
    }

    /** Every reference of the data. */
    public List<Truth> truth() {
        return all().boxed()
                .flatMap(department -> {
                    var name = name(department);
                    var accounts = name + "Accounts";
                    var items = name + "Items";
                    return Stream.of(
                            new Truth(accounts, "parentId", accounts, false),
                            new Truth(items, "ownerId", accounts, false),
                            new Truth(name + "Orders", "accountId", accounts, true),
                            new Truth(name + "Orders", "items[]", items, false),
                            new Truth(name + "Orders", "watchers[]", accounts, false),
                            new Truth(name + "Orders", "amounts{}", items, false),
                            new Truth(name + "Orders", "payload|json.account.id", accounts, false),
                            new Truth(name + "Notes", "orderNo", name + "Orders", false),
                            new Truth(name + "Notes", "author.accountId", accounts, false),
                            new Truth(name + "Notes", "lines[].sku", items, false),
                            new Truth(name + "Prices", "accountId", accounts, true),
                            new Truth(name + "Prices", "sku", items, true),
                            new Truth(name + "Events", "source", name + "Notes", true));
                })
                .toList();
    }

    /** The records, the same each time. */
    public Stream<ExampleRecord> records() {
        return all().boxed().flatMap(department -> records(name(department), form(department)).stream());
    }

    private static List<ExampleRecord> records(String name, Form form) {
        var records = new ArrayList<ExampleRecord>();
        for (int i = 0; i < RECORDS; i++) {
            var account = form.id(name, i);
            var other = form.id(name, (i * 7 + 3) % RECORDS);
            var sku = sku(name, i);
            var next = sku(name, (i + 1) % RECORDS);
            var parent = i % 3 == 0 ? AttributeValue.fromNul(true) : form.id(name, i / 2);
            records.add(record(name + "Accounts", Map.of("id", account, "parentId", parent, "rank", number(i % 5))));
            records.add(record(name + "Items", Map.of("sku", text(sku), "ownerId", other, "color", text("red"))));
            var order = new HashMap<>(Map.of(
                    "accountId", account,
                    "orderNo", text(order(name, i)),
                    "items", AttributeValue.fromL(List.of(text(sku), text(next))),
                    "amounts", AttributeValue.fromM(Map.of(sku, number(2), next, number(1))),
                    "payload", text("{\"account\": {\"id\": " + json(account) + "}, \"version\": 1}"),
                    "line", number(1)));
            order.put(
                    "watchers",
                    form.type() == ScalarAttributeType.N
                            ? AttributeValue.fromNs(List.of(other.n()))
                            : AttributeValue.fromSs(List.of(other.s())));
            records.add(record(name + "Orders", order));
            var note = UUID.nameUUIDFromBytes((name + "note" + i).getBytes(StandardCharsets.UTF_8))
                    .toString();
            records.add(record(
                    name + "Notes",
                    Map.of(
                            "id", text(note),
                            "orderNo", text(order(name, (i * 5) % RECORDS)),
                            "author", AttributeValue.fromM(Map.of("accountId", other, "role", text("clerk"))),
                            "lines",
                                    AttributeValue.fromL(
                                            List.of(AttributeValue.fromM(Map.of("sku", text(next), "no", number(1))))),
                            "text", text(i % 4 == 0 ? "" : "Please call back."))));
            records.add(
                    record(name + "Prices", Map.of("accountId", other, "sku", text(sku), "cents", number(100 + i))));
            for (int at = 0; at < 2; at++) {
                records.add(
                        record(name + "Events", Map.of("source", text(note), "at", number(at), "kind", text("seen"))));
            }
        }
        return records;
    }

    private static String sku(String name, int i) {
        return "%s%04d-X%d".formatted(name.substring(0, 2), i, i % 7);
    }

    private static String order(String name, int i) {
        return "%s-2026-%06d".formatted(name.substring(0, 4), i * 11);
    }

    private static String json(AttributeValue id) {
        return id.n() == null ? "\"" + id.s() + "\"" : id.n();
    }

    private static ExampleRecord record(String table, Map<String, AttributeValue> item) {
        return new ExampleRecord(table, item);
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
