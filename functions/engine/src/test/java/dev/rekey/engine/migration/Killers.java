package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.CleanRecords.nested;
import static dev.rekey.engine.migration.CleanRecords.text;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records that stand in the way of a migration, each in one way. A seed chooses which clean records they hang on to.
 */
final class Killers {
    private final World world;
    private final Random random;
    private final CleanRecords clean;
    /** Id of the finding -> table, path and key of each record. */
    private final Map<String, Set<String>> planted = new TreeMap<>();

    private int number;

    Killers(World world, Random random, CleanRecords clean) {
        this.world = world;
        this.random = random;
        this.clean = clean;
    }

    Map<String, Set<String>> planted() {
        return planted;
    }

    static String line(String table, String path, String key) {
        return table + " " + path + " " + key;
    }

    private void plant(String id, String table, String path, String key) {
        planted.computeIfAbsent(id, found -> new TreeSet<>())
                .add(line(table, path, "{\"id\":{\"S\":\"" + key + "\"}}"));
    }

    /** One thousand records that are found, each once. */
    void plant() {
        unmappable();
        orphans();
        collisionsAndConflicts();
        checks();
    }

    private void unmappable() {
        each(
                40,
                "mapping.wrong-type",
                "Contacts",
                "companyId",
                id -> clean.contact(id, record -> record.put("companyId", AttributeValue.fromN("7"))));
        each(
                20,
                "mapping.wrong-type",
                "Orders",
                "items[].productId",
                id -> clean.order(id, record -> record.put("items", text("none"))));
        each(
                30,
                "mapping.not-json",
                "Orders",
                "payload|json.orgId",
                id -> clean.order(id, record -> record.put("payload", text("{orgId"))));
        each(
                30,
                "mapping.collision",
                "Orders",
                "tags[]",
                id -> clean.order(id, record -> twice(record, clean.product())));
        each(
                40,
                "mapping.rename",
                "Contacts",
                "nickname",
                id -> clean.contact(id, record -> record.put("nickname", text("other"))));
        each(
                30,
                "mapping.expression",
                "Settings",
                "set.next",
                id -> clean.load("Settings", Map.of("id", text(id), "n", text("one"))));
        each(
                20,
                "mapping.nesting",
                "Settings",
                "wrapped",
                id -> clean.load("Settings", Map.of("id", text(id), "deep", nested(31))));
        for (var bad : List.of(AttributeValue.fromN("1"), text(""), text("x".repeat(2049)))) {
            each(
                    20,
                    "mapping.index-key",
                    "Orders",
                    "status",
                    id -> clean.order(id, record -> record.put("status", bad)));
        }
        // It fits before, and not with the longer ids of its company and its friend.
        var fits = SdkBytes.fromByteArray(new byte[409_500]);
        each(
                20,
                "mapping.item-too-large",
                "Contacts",
                "",
                id -> clean.contact(id, record -> record.put("photo", AttributeValue.fromB(fits))));
    }

    private static void twice(Map<String, AttributeValue> record, String product) {
        record.put("tags", AttributeValue.fromSs(List.of(product, product + ".0")));
    }

    private void orphans() {
        each(
                40,
                "reference.orphan",
                "Contacts",
                "companyId",
                id -> clean.contact(id, record -> record.put("companyId", text("no-" + id))));
        each(
                30,
                "reference.orphan",
                "Contacts",
                "friendId",
                id -> clean.contact(id, record -> record.put("friendId", text("no-" + id))));
        each(
                40,
                "reference.orphan",
                "Orders",
                "contactId",
                id -> clean.order(id, record -> record.put("contactId", text("no-" + id))));
        each(
                40,
                "reference.orphan",
                "Orders",
                "payload|json.orgId",
                id -> clean.order(id, record -> record.put("payload", text("{\"orgId\":\"no-" + id + "\"}"))));
        each(
                40,
                "reference.orphan",
                "Orders",
                "tags[]",
                id -> clean.order(
                        id,
                        record -> record.put(
                                "tags", AttributeValue.fromSs(List.of(clean.product(), "9" + id.substring(1))))));
        each(30, "reference.orphan", "Contacts", "companyId", id -> filteredCompany(id));
        for (int i = 0; i < 40; i++) {
            clean.member("org" + i, "nobody" + i);
            planted.get("reference.orphan")
                    .add(line(
                            "Members",
                            "contactId",
                            "{\"contactId\":{\"S\":\"nobody" + i + "\"},\"orgId\":{\"S\":\"org" + i + "\"}}"));
        }
    }

    /** The company is there, but does not move. */
    private void filteredCompany(String id) {
        clean.organization("of-" + id, record -> record.put("live", AttributeValue.fromBool(false)));
        clean.contact(id, record -> record.put("companyId", text("of-" + id)));
    }

    private void collisionsAndConflicts() {
        for (var id : clean.colliding()) {
            clean.load("Products", Map.of("id", AttributeValue.fromN(id)));
            planted.computeIfAbsent("identity.collision", found -> new TreeSet<>())
                    .add(line("Products", "id", "{\"id\":{\"N\":\"" + id + "\"}}"));
        }
        each(60, "target.conflict", "Codes", "id", id -> {
            clean.load("Codes", Map.of("id", text(id), "v", AttributeValue.fromN("1.1")));
            world.load("dst-Codes", Map.of("id", text(id), "v", AttributeValue.fromN("1.10000000000000001")));
        });
    }

    private void checks() {
        each(
                30,
                "check.required",
                "Organizations",
                "name",
                id -> clean.organization(id, record -> record.remove("name")));
        each(
                30,
                "check.required",
                "Organizations",
                "address.city",
                id -> clean.organization(
                        id,
                        record -> record.put(
                                "address", AttributeValue.fromM(Map.of("city", AttributeValue.fromNul(true))))));
        for (int of = 2; of <= 10; of++) {
            var slug = text("same-" + of);
            each(
                    of,
                    "check.unique",
                    "Organizations",
                    "slug",
                    id -> clean.organization(id, record -> record.put("slug", slug)));
        }
        for (int i = 0; i < 23; i++) {
            var same = "77000" + i;
            for (var form : List.of(same, same + ".0")) {
                each(
                        1,
                        "check.unique",
                        "Organizations",
                        "country, number",
                        id -> clean.organization(id, record -> {
                            record.put("country", text("x"));
                            record.put("number", AttributeValue.fromN(form));
                        }));
            }
        }
        for (int length : List.of(1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 5, 5, 20)) {
            loop(length);
        }
        each(110, "check.agree", "Orders", "companyId", id -> clean.order(id, this::disagree));
    }

    private void loop(int length) {
        var first = number++;
        var name = "loop" + first + "-";
        for (int i = 0; i < length; i++) {
            var parent = text(name + (i + 1) % length);
            clean.organization(name + i, record -> record.put("parentId", parent));
            plant("check.acyclic", "Organizations", "parentId", name + i);
        }
        // Whoever is below a loop is not in it.
        clean.organization("below" + first, record -> record.put("parentId", text(name + 0)));
        clean.organization("belower" + first, record -> record.put("parentId", text("below" + first)));
    }

    private void disagree(Map<String, AttributeValue> order) {
        var contact = "con" + random.nextInt(CleanRecords.CONTACTS);
        var company = Integer.parseInt(clean.companyOf(contact).substring(3));
        order.put("contactId", text(contact));
        order.put(
                "companyId",
                text("org"
                        + (company + 1 + random.nextInt(CleanRecords.ORGANIZATIONS - 1)) % CleanRecords.ORGANIZATIONS));
    }

    private void each(int count, String finding, String table, String path, Consumer<String> make) {
        IntStream.range(0, count).forEach(i -> {
            var id = "k" + 100_000 + number++;
            make.accept(id);
            plant(finding, table, path, id);
        });
    }
}
