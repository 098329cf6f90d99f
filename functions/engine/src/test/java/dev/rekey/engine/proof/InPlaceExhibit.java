package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.binary;
import static dev.rekey.engine.proof.Items.everyType;
import static dev.rekey.engine.proof.Items.item;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables that are changed in place, in three levels: new ids from a mapping beside the old ones and in their place, also in a
 * list and a map, attributes that are set, renamed and dropped, and records that are left out or have nothing to change.
 */
final class InPlaceExhibit implements Exhibit {
    private static final String PLAN = """
        plan: tenants
        mode: inPlace
        source: { tables: "own-{table}" }
        families:
          Tenants:
            rule: lookup
            mapping: { table: own-mapping, from: tenant, to: org, where: { active: 'yes' } }
            exists: Organizations
        tables:
          Organizations: { set: { kind: organization } }
          Profiles:
            where: { kind: open }
            references: { tenantId: { family: Tenants, as: orgId } }
            set: { label: "{% $record.name & ' of ' & $record.tenantId %}" }
            drop: [old]
          Claims:
            references: { tenantId: Tenants, "seen[].tenantId": Tenants, profileId: Profiles }
            rename: { b: binary }
        """;

    @Override
    public String plan() {
        return PLAN;
    }

    @Override
    public String readInRanges() {
        return "Claims";
    }

    @Override
    public List<TableShape> shapes() {
        return List.of(
                shape("own-mapping", "id", KeyType.S, Optional.empty()),
                shape("own-Organizations", "id", KeyType.S, Optional.empty()),
                shape("own-Profiles", "id", KeyType.B, Optional.empty()),
                shape("own-Claims", "account", KeyType.S, Optional.of(new KeyAttribute("number", KeyType.N))));
    }

    @Override
    public void fill(InMemoryTables tables) {
        for (int i = 1; i <= 2; i++) {
            load(tables, "own-mapping", entry("t" + i, "o" + i, "yes"));
            load(tables, "own-Organizations", item("id", text("o" + i), "name", text("Organization " + i)));
        }
        load(tables, "own-mapping", entry("t1", "o9", "no"));
        for (int i = 1; i <= 5; i++) {
            load(tables, "own-Profiles", profile(i));
        }
        for (int i = 1; i <= 3; i++) {
            claim(tables, i);
        }
    }

    /**
     * What an application does after a run: a profile is new, one loses what the run wrote, since an old copy of it is put
     * back, and one has its old and its new attributes; a claim belongs to another tenant.
     */
    static void goOn(InMemoryTables tables) {
        load(tables, "own-Profiles", profile(6));
        load(tables, "own-Profiles", profile(1));
        var inPart = profile(5);
        inPart.put("orgId", text("o2"));
        load(tables, "own-Profiles", inPart);
        claim(tables, 2);
    }

    /** One is left out, and one has its new attributes already. */
    private static Map<String, AttributeValue> profile(int i) {
        var profile = item(
                "id",
                binary(i, 0xff),
                "kind",
                text(i == 2 ? "closed" : "open"),
                "name",
                text("name " + i),
                "tenantId",
                text("t" + (1 + i % 2)));
        if (i == 4) {
            profile.put("orgId", text("o1"));
            profile.put("label", text("name 4 of t1"));
        } else {
            profile.put("old", AttributeValue.fromM(everyType(i)));
        }
        return profile;
    }

    /** The third has a new id in the place of the old one already. */
    private static void claim(InMemoryTables tables, int i) {
        var claim = new HashMap<>(everyType(i));
        claim.put("account", text(i == 3 ? "b" : "a"));
        claim.put("number", AttributeValue.fromN(i + ".50"));
        claim.put("tenantId", text(i == 3 ? "o2" : "t" + i));
        claim.put("profileId", binary(i, 0xff));
        var seen = AttributeValue.fromM(item("tenantId", text("t2"), "times", AttributeValue.fromN("" + i)));
        claim.put("seen", AttributeValue.fromL(List.of(seen, seen)));
        load(tables, "own-Claims", claim);
    }

    private static Map<String, AttributeValue> entry(String tenant, String org, String active) {
        return item("id", text(tenant + " " + org), "tenant", text(tenant), "org", text(org), "active", text(active));
    }

    private static void load(InMemoryTables tables, String table, Map<String, AttributeValue> item) {
        Items.load(tables, table, item);
    }
}
