package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.local.template.Deployed;
import dev.rekey.local.template.Permission;
import dev.rekey.local.template.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The policies of the template are enforced, and a parameter that names tables is left out when the stack is deployed. */
final class LeftOutParametersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Deployed DEPLOYED = new Deployed(Template.read());
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);

    /** Requests to other tables are those of other tests. */
    private static final String TABLES = "-left-";

    private static final String COPY = """
        plan: left
        source: { tables: "{table}-left-dev" }
        target: { tables: "{table}-left-prod" }
        identity: { rule: keep }
        families:
          Tenants: { rule: lookup, mapping: { table: tenants-left-map, from: id, to: to } }
        tables: { Notes: { references: { tenant: Tenants } } }
        """;

    private static final String IN_PLACE = """
        plan: left
        mode: inPlace
        source: { tables: "{table}-left-live-dev" }
        tables: { Notes: { set: { seen: true } } }
        """;

    private static final String IMPORT = """
        plan: left
        source: { files: "s3://notes-left-files/{table}.csv" }
        target: { tables: "{table}-left-prod" }
        identity: { rule: keep }
        tables: { Notes: {} }
        """;

    private static WholeStack stack;

    @BeforeAll
    static void tables() throws Exception {
        stack = WholeStack.started();
        for (var table : List.of("Notes-left-dev", "Notes-left-prod", "Notes-left-live-dev", "tenants-left-map")) {
            SmallWorld.createTable(stack.db(), table, List.of(ID));
        }
        put("Notes-left-dev", Map.of("id", s("n1"), "tenant", s("t1")));
        put("Notes-left-live-dev", Map.of("id", s("n1"), "size", n(1)));
        put("tenants-left-map", Map.of("id", s("t1"), "to", s("t2")));
        stack.createBucket("notes-left-files");
        stack.put("notes-left-files", "Notes.csv", "id\nn1\n");
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    @AfterEach
    void allowAll() {
        Recorder.refuse(_ -> false);
    }

    /** Deploys the stack without {@code parameter}. */
    private static void leaveOut(String parameter) {
        var left = DEPLOYED.text(Map.of("Ref", parameter));
        var allowed = Permission.of(DEPLOYED).stream()
                .filter(one -> !one.resource().equals(left))
                .toList();
        Recorder.refuse(request -> request.resource().contains(TABLES)
                && allowed.stream()
                        .noneMatch(one -> one.covers(new Permission(
                                request.function().replace("rekey-", ""), request.action(), request.resource()))));
    }

    private static DescribeExecutionResponse migrate(String plan) {
        return stack.run(input("migrate").put("plan", plan));
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "left");
    }

    private static Map<String, AttributeValue> note(String table) {
        return stack.db()
                .getItem(request -> request.tableName(table).key(Map.of("id", s("n1"))))
                .item();
    }

    private static void assertSucceeded(DescribeExecutionResponse execution) {
        assertThat(execution.statusAsString()).as(execution.cause()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource({
        "SourceTableArns, SourceTableArns",
        "TargetTableArns, TargetTableArns",
        "MappingTableArns, tenants-left-map"
    })
    void aCopyIsRefusedBeforeItWrites(String parameter, String told) {
        leaveOut(parameter);
        var refused = migrate(COPY);
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause()).contains(told).contains("dynamodb:");
        assertThat(note("Notes-left-prod")).isEmpty();
    }

    @Test
    void anImportIsRefusedBeforeItWrites() {
        leaveOut("FileSourceArns");
        var refused = migrate(IMPORT);
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause()).contains("permission.denied", "FileSourceArns", "s3:ListBucket");
        assertThat(note("Notes-left-prod")).isEmpty();
    }

    /** Everything may be read, and nothing written: neither by the migration nor by its rollback. */
    @Test
    void whatIsChangedInPlaceIsRefusedBeforeItWrites() throws Exception {
        leaveOut("InPlaceTableArns");
        var refused = migrate(IN_PLACE);
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause())
                .contains("No table was written to.")
                .contains("allowed dynamodb:UpdateItem on the table Notes-left-live-dev")
                .contains("InPlaceTableArns of the stack, which grants it to the function migrate")
                .contains("InPlaceTableArns of the stack, which grants it to the function rollback");
        assertThat(note("Notes-left-live-dev")).doesNotContainKey("seen");

        allowAll();
        var migrated = migrate(IN_PLACE);
        assertSucceeded(migrated);
        var rollback = input("rollback")
                .put("run", JSON.readTree(migrated.output()).at("/run").asText());
        leaveOut("InPlaceTableArns");
        var kept = stack.run(rollback);
        assertThat(kept.error()).as(kept.cause()).isEqualTo("Rekey.Refused");
        assertThat(note("Notes-left-live-dev")).containsKey("seen");
        allowAll();
        assertSucceeded(stack.run(rollback));
        assertThat(note("Notes-left-live-dev")).doesNotContainKey("seen");
    }
}
