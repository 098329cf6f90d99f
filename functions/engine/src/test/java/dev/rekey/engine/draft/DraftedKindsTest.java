package dev.rekey.engine.draft;

import static dev.rekey.engine.draft.Shop.s;
import static dev.rekey.engine.draft.Shop.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which attribute a draft takes for the one that divides a table into kinds. */
class DraftedKindsTest {
    private final Shop shop = new Shop();

    @Test
    void anAttributeOfFewValuesDividesTheRecordsIntoKinds() {
        shop.table("User", "id:S").table("Job", "id:S");
        for (int i = 0; i < 20; i++) {
            shop.put("User", Map.of("id", s(uuid("c", i)), "kind", s("Customer")));
            shop.put("User", Map.of("id", s(uuid("u", i)), "kind", s("2"), "customerId", s(uuid("c", i))));
            shop.put("Job", Map.of("id", s(uuid("j", i)), "userId", s(uuid("u", i)), "type", s("job " + i)));
        }
        shop.put("User", Map.of("id", s("none")));

        assertThat(shop.references("User-2")).containsExactly("customerId: Customer");
        assertThat(shop.references("Job")).containsExactly("userId: User-2");
        assertThat(shop.text())
                .contains("  Customer: ")
                .contains("    from: User\n    match: { kind: \"Customer\" }\n")
                .contains("    match: { kind: \"2\" }\n")
                .contains("unmatched: fail");
    }

    @Test
    void valuesThatAreNoKindsDivideNothing() {
        shop.table("Parts", "id:S").table("Lamps", "id:S").table("Tags", "id:S").table("Doors", "id:S");
        for (int i = 0; i < 60; i++) {
            shop.put("Parts", Map.of("id", s(uuid("p", i)), "type", s("model " + i)));
            // A category says nothing of what else a record holds.
            shop.put("Doors", Map.of("id", s(uuid("d", i)), "type", s("t" + i % 3), i % 2 == 0 ? "a" : "b", s("x")));
            shop.put("Lamps", Map.of("id", s(uuid("l", i)), "kind", s("lamp")));
            shop.put("Tags", Map.of("id", s(uuid("t", i)), i % 2 == 0 ? "type" : "other", s("x" + i % 4)));
        }

        assertThat(shop.references("Parts")).isEmpty();
        assertThat(shop.text()).doesNotContain("from:").doesNotContain("unmatched");
    }
}
