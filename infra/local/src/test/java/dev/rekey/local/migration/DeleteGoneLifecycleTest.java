package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Copies of records that go in the source are listed, deleted by a run that is asked to, and restored, on the real stores. */
final class DeleteGoneLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** More than one page of those that go. */
    private static final int NOTES = 700;

    private static final int GONE = 600;

    private static final String PLAN = """
        plan: delete-gone
        source: { tables: "{table}-gone-dev" }
        target: { tables: "{table}-gone-prod" }
        identity: { rule: derive, namespace: n }
        tables:
          Clubs: {}
          Notes: { references: { club: Clubs } }
        """;

    private final WholeStack stack = WholeStack.started();

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "delete-gone");
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return JSON.readTree(ended.output());
    }

    private void create(String side) {
        for (var table : List.of("Clubs", "Notes")) {
            SmallWorld.createTable(stack.db(), table + side, List.of(new KeyAttribute("id", KeyType.S)));
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private void delete(String table, String id) {
        stack.db().deleteItem(request -> request.tableName(table).key(Map.of("id", s(id))));
    }

    private SortedSet<String> dump() {
        var all = new TreeSet<String>();
        for (var table : List.of("Clubs-gone-prod", "Notes-gone-prod")) {
            stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                    .forEach(item -> all.add(table + TypedJson.text(new TreeMap<>(item))));
        }
        return all;
    }

    @Test
    void whatIsGoneIsDeletedAndRestored() throws Exception {
        create("-gone-dev");
        create("-gone-prod");
        put("Clubs-gone-dev", Map.of("id", s("c1")));
        put("Clubs-gone-dev", Map.of("id", s("c2")));
        for (int i = 0; i < NOTES; i++) {
            put("Notes-gone-dev", Map.of("id", s("n" + i), "club", s(i < GONE ? "c1" : "c2")));
        }
        succeeded(input("migrate").put("plan", PLAN));
        for (int i = 0; i < GONE; i++) {
            delete("Notes-gone-dev", "n" + i);
        }
        delete("Clubs-gone-dev", "c1");
        var before = dump();
        var listing = succeeded(input("migrate").put("plan", PLAN));
        assertThat(listing.at("/remaining/gone").asInt()).isEqualTo(GONE + 1);
        assertThat(dump()).isEqualTo(before);

        var deleting = succeeded(input("migrate").put("plan", PLAN).put("deleteGone", true));
        assertThat(deleting.at("/remaining")).isEmpty();
        assertThat(deleting.at("/counts/deleted").asInt()).isEqualTo(GONE + 1);
        assertThat(dump()).hasSize(NOTES - GONE + 1);
        var id = deleting.at("/run").asText();
        assertThat(succeeded(input("verify").put("run", id)).at("/remaining")).isEmpty();

        succeeded(input("rollback").put("run", id).put("verify", true));
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void onlyAMigrationDeletes() throws Exception {
        var refused = stack.run(input("analyze").put("plan", PLAN).put("deleteGone", true));
        assertThat(refused.error()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause()).contains("\"deleteGone\"");
    }
}
