package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Profiles with the ids of tenants, organizations in a hierarchy, and the table that says which tenant becomes which. */
record LiveProfiles(DynamoDbClient db, String suffix) {
    static final int PROFILES = 200;
    static final int ORGANIZATIONS = 6;
    static final int TENANTS = 5;
    private static final List<KeyAttribute> KEYS = List.of(new KeyAttribute("id", KeyType.S));

    static LiveProfiles create(DynamoDbClient db, String suffix) {
        var live = new LiveProfiles(db, suffix);
        SmallWorld.createTable(db, live.profilesTable(), KEYS);
        SmallWorld.createTable(db, live.organizationsTable(), KEYS);
        SmallWorld.createTable(db, live.mappingTable(), List.of(new KeyAttribute("tenant_id", KeyType.S)));
        for (int i = 0; i < ORGANIZATIONS; i++) {
            live.putOrganization(i);
        }
        for (int i = 0; i < TENANTS; i++) {
            live.put(
                    live.mappingTable(), Map.of("tenant_id", s("legacy-" + i), "organization_id", s("org-" + (i + 1))));
        }
        for (int i = 0; i < PROFILES; i++) {
            live.put(initial(i));
        }
        return live;
    }

    String plan() {
        return """
            plan: tenants
            mode: inPlace
            source: { tables: "{table}-%1$s-live-dev" }
            families:
              Tenants:
                rule: lookup
                mapping: { table: tenants-%1$s-map, from: tenant_id, to: organization_id }
                exists: organizations
            tables:
              organizations: { references: { parent_id: organizations }, checks: { acyclic: [parent_id] } }
              profiles:
                references: { tenant_id: { family: Tenants, as: organization_id } }
                checks: { required: [tenant_id], after: { required: [organization_id] } }
            """.formatted(suffix);
    }

    private static Map<String, AttributeValue> initial(int i) {
        return Map.of(
                "id", s("p" + i), "tenant_id", s("legacy-" + i % TENANTS), "name", s("Profile " + i), "version", n(1));
    }

    /** What the mapping says of the tenant of {@code profile}. */
    static AttributeValue organizationOf(Map<String, AttributeValue> profile) {
        var tenant = profile.get("tenant_id").s();
        return s("org-" + (Integer.parseInt(tenant.replace("legacy-", "")) + 1));
    }

    static AttributeValue tenant(int i) {
        return s("legacy-" + i % TENANTS);
    }

    private String organizationsTable() {
        return "organizations-" + suffix + "-live-dev";
    }

    String profilesTable() {
        return "profiles-" + suffix + "-live-dev";
    }

    private String mappingTable() {
        return "tenants-" + suffix + "-map";
    }

    /** The first organization is the parent of all others. */
    void putOrganization(int i) {
        var id = s("org-" + i);
        put(organizationsTable(), i == 0 ? Map.of("id", id) : Map.of("id", id, "parent_id", s("org-0")));
    }

    void put(Map<String, AttributeValue> profile) {
        put(profilesTable(), profile);
    }

    private void put(String table, Map<String, AttributeValue> item) {
        db.putItem(request -> request.tableName(table).item(item));
    }

    void delete(String id) {
        db.deleteItem(request -> request.tableName(profilesTable()).key(Map.of("id", s(id))));
    }

    Map<String, AttributeValue> profile(String id) {
        return db.getItem(request -> request.tableName(profilesTable())
                        .key(Map.of("id", s(id)))
                        .consistentRead(true))
                .item();
    }

    List<Map<String, AttributeValue>> profiles() {
        return items(profilesTable());
    }

    /** How many profiles of each tenant have the id of an organization. */
    Map<String, Long> done() {
        return profiles().stream()
                .filter(profile -> profile.containsKey("organization_id"))
                .collect(Collectors.groupingBy(
                        profile -> profile.get("tenant_id").s(), Collectors.counting()));
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return db.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .toList();
    }

    /** Every record of all three tables, as text, in a stable order. */
    SortedSet<String> dump() {
        return dumpWithout("");
    }

    /** The same without one attribute of the profiles. */
    SortedSet<String> dumpWithout(String attribute) {
        var all = new TreeSet<String>();
        profiles().forEach(item -> {
            var left = new TreeMap<>(item);
            left.remove(attribute);
            all.add(TypedJson.text(left));
        });
        items(organizationsTable()).forEach(item -> all.add(TypedJson.text(new TreeMap<>(item))));
        items(mappingTable()).forEach(item -> all.add(TypedJson.text(new TreeMap<>(item))));
        return all;
    }
}
