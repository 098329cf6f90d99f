package dev.rekey.engine.migration;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables with records that can migrate, and more such records on demand, to be changed into others that cannot. */
final class CleanRecords {
    static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n, digits: 6 }
        tables:
          Organizations:
            where: { live: true }
            references: { parentId: Organizations }
            checks: { required: [name, address.city], unique: [slug, [country, number]], acyclic: [parentId] }
          Contacts:
            references: { companyId: Organizations, friendId: { family: Contacts, onOrphan: keep } }
            rename: { nick: nickname }
          Products: {}
          Orders:
            references:
              companyId: Organizations
              contactId: Contacts
              "items[].productId": Products
              "tags[]": Products
              payload|json.orgId: Organizations
            checks: { agree: { companyId: contactId.companyId } }
          Members:
            key: { orgId: Organizations, contactId: Contacts }
          Codes: { identity: { rule: keep } }
          Settings:
            identity: { rule: keep }
            set: { next: "{% $record.n + 1 %}", wrapped: "{% $record.deep ? { 'in': $record.deep } %}" }
        """;

    static final int ORGANIZATIONS = 300;
    static final int CONTACTS = 400;
    private static final int PRODUCTS = 300;
    private static final int ORDERS = 500;
    private static final int PAIRS = 30;

    private final World world;
    private final Random random;
    private final Map<String, String> companyOf = new HashMap<>();
    private final List<String> products = new ArrayList<>();
    private final List<String> colliding = new ArrayList<>();
    private int number;

    CleanRecords(World world, Random random) {
        this.world = world;
        this.random = random;
        List.of("Organizations", "Contacts", "Codes", "Settings").forEach(name -> world.create(name, KeyType.S));
        world.create("Products", KeyType.N);
        world.memory().createTable(World.shape("src-Orders", KeyType.S));
        world.memory()
                .createTable(shape(
                        "dst-Orders",
                        "id",
                        Optional.empty(),
                        Map.of("byStatus", List.of(new KeyAttribute("status", KeyType.S)))));
        List.of("src-Members", "dst-Members")
                .forEach(name -> world.memory().createTable(shape(name, "orgId", Optional.of("contactId"), Map.of())));
        productIds();
    }

    private static TableShape shape(
            String name, String partition, Optional<String> sort, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(
                new PhysicalTable(name),
                "000000000000",
                "eu-west-1",
                new KeyAttribute(partition, KeyType.S),
                sort.map(attribute -> new KeyAttribute(attribute, KeyType.S)),
                indexes);
    }

    /** Ids of which no two get one new id, and pairs of ids that do. */
    private void productIds() {
        var derivation = Derivation.of(
                new Family(new FamilyName("Products"), new IdentityRule.Derive("n", OptionalInt.of(6)), KeyType.N));
        var byNew = new HashMap<String, String>();
        for (int id = 1; colliding.size() < 2 * PAIRS; id++) {
            var first = byNew.putIfAbsent(derivation.newText(new OldId(KeyType.N, "" + id)), "" + id);
            if (first != null && !colliding.contains(first)) {
                colliding.addAll(List.of(first, "" + id));
                products.remove(first);
            } else if (first == null && products.size() < PRODUCTS) {
                products.add("" + id);
            }
        }
    }

    /** Ids of products that are not there; of two that follow each other, both get one new id. */
    List<String> colliding() {
        return colliding;
    }

    String companyOf(String contact) {
        return companyOf.get(contact);
    }

    void load() {
        for (int i = 0; i < ORGANIZATIONS; i++) {
            organization("org" + i, record -> {});
        }
        for (int i = 0; i < CONTACTS; i++) {
            contact("con" + i, record -> {});
        }
        products.forEach(id -> load("Products", Map.of("id", AttributeValue.fromN(id))));
        for (int i = 0; i < ORDERS; i++) {
            order("ord" + i, record -> {});
        }
        for (int i = 0; i < 100; i++) {
            member("org" + i, "con" + i);
            load("Codes", Map.of("id", text("code" + i), "v", AttributeValue.fromN("" + i)));
            // What stands there already in the same words is no conflict, nor is what has no source.
            world.load("dst-Codes", Map.of("id", text("code" + 2 * i), "v", AttributeValue.fromN(2 * i + ".0")));
            load("Settings", Map.of("id", text("set" + i), "n", AttributeValue.fromN("" + i), "deep", nested(30)));
        }
    }

    void organization(String id, Consumer<Map<String, AttributeValue>> change) {
        int i = number++;
        var record = new HashMap<>(Map.of(
                "id", text(id),
                "live", AttributeValue.fromBool(true),
                "name", text("Name"),
                "address", AttributeValue.fromM(Map.of("city", text(i % 7 == 0 ? "" : "Town"))),
                "slug", text("slug-" + i),
                "country", text("c" + i % 9),
                "number", AttributeValue.fromN("" + i)));
        if (i > 0 && i < ORGANIZATIONS && i % 5 != 0) {
            record.put("parentId", text("org" + random.nextInt(i)));
        }
        if (i % 11 == 0) {
            record.remove("slug");
            record.put("number", AttributeValue.fromNul(true));
        }
        change.accept(record);
        load("Organizations", record);
    }

    void contact(String id, Consumer<Map<String, AttributeValue>> change) {
        var company = "org" + random.nextInt(ORGANIZATIONS);
        var record = new HashMap<>(
                Map.of("id", text(id), "companyId", text(company), "friendId", text("con" + random.nextInt(CONTACTS))));
        record.put("nick", text("nick"));
        change.accept(record);
        companyOf.put(id, company);
        load("Contacts", record);
    }

    void order(String id, Consumer<Map<String, AttributeValue>> change) {
        var contact = "con" + random.nextInt(CONTACTS);
        var record = new HashMap<String, AttributeValue>();
        record.put("id", text(id));
        record.put("status", text("open"));
        record.put("contactId", random.nextInt(9) == 0 ? AttributeValue.fromNul(true) : text(contact));
        record.put("companyId", text(random.nextInt(9) == 0 ? "" : companyOf.get(contact)));
        record.put(
                "items",
                AttributeValue.fromL(
                        List.of(AttributeValue.fromM(Map.of("productId", AttributeValue.fromN(product()))))));
        record.put("tags", AttributeValue.fromSs(List.of(product())));
        record.put("payload", text("{\"orgId\": \"org" + random.nextInt(ORGANIZATIONS) + "\"}"));
        change.accept(record);
        load("Orders", record);
    }

    void member(String organization, String contact) {
        load("Members", Map.of("orgId", text(organization), "contactId", text(contact)));
    }

    String product() {
        return products.get(random.nextInt(products.size()));
    }

    /** A list in a list and so on, so many levels deep. */
    static AttributeValue nested(int levels) {
        var value = text("core");
        for (int i = 0; i < levels; i++) {
            value = AttributeValue.fromL(List.of(value));
        }
        return value;
    }

    void load(String table, Map<String, AttributeValue> record) {
        world.load("src-" + table, record);
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }
}
