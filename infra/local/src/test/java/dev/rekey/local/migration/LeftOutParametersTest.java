package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.local.migration.Recorder.Used;
import dev.rekey.local.template.Deployed;
import dev.rekey.local.template.Permission;
import dev.rekey.local.template.Template;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The policies of the template are enforced, and each parameter that grants tables, keys or roles is left out once. */
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

    /** The rights of a role are its own account's business; that it may be assumed is the stack's. */
    private static final String WITH_ROLES = """
        plan: left
        source: { tables: "{table}-left-far-dev", roleArn: "arn:aws:iam::111111111111:role/source" }
        target: { tables: "{table}-left-far-prod", roleArn: "arn:aws:iam::222222222222:role/target" }
        identity: { rule: keep }
        tables: { Notes: {} }
        """;

    private static final String IN_PLACE_WITH_ROLE = """
        plan: left
        mode: inPlace
        source: { tables: "{table}-left-far-live-dev", roleArn: "arn:aws:iam::222222222222:role/target" }
        tables: { Notes: { set: { seen: true } } }
        """;

    private static final String SEALED = """
        plan: left
        source: { tables: "{table}-left-sealed-dev" }
        target: { tables: "{table}-left-sealed-prod" }
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
        for (var table : List.of("far-dev", "far-prod", "far-live-dev", "sealed-dev", "sealed-prod")) {
            SmallWorld.createTable(stack.db(), "Notes-left-" + table, List.of(ID));
        }
        put("Notes-left-far-live-dev", Map.of("id", s("n1")));
        put("Notes-left-far-dev", Map.of("id", s("n1")));
        put("Notes-left-sealed-dev", Map.of("id", s("n1")));
        stack.createBucket("notes-left-files");
        stack.put("notes-left-files", "Notes.csv", "id\nn1\n");
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    @AfterEach
    void allowAll() {
        Recorder.refuse(_ -> false);
        Recorder.behind(_ -> Stream.of());
    }

    /** Deploys the stack without {@code parameter}. */
    private static void leaveOut(String parameter) {
        var left = DEPLOYED.text(Map.of("Ref", parameter));
        enforce(Permission.of(DEPLOYED).stream()
                .filter(one -> !one.resource().equals(left))
                .toList());
    }

    private static void enforce(List<Permission> allowed) {
        Recorder.behind(LeftOutParametersTest::behind);
        Recorder.refuse(request -> (request.resource().contains(TABLES)
                        || request.action().matches("(sts|kms):.*"))
                && allowed.stream()
                        .noneMatch(one -> one.covers(new Permission(
                                request.function().replace("rekey-", ""), request.action(), request.resource()))));
    }

    /** Some tables are in other accounts, and some are encrypted with a key of ours. */
    private static Stream<Used> behind(Used request) {
        var table = request.resource();
        if (!request.action().startsWith("dynamodb:")) {
            return Stream.of();
        }
        if (table.contains("-left-far-")) {
            var role = table.endsWith("-far-dev") ? "SourceRoleArns" : "TargetRoleArns";
            return Stream.of(new Used(request.function(), "sts:AssumeRole", DEPLOYED.text(Map.of("Ref", role))));
        }
        // What a table is like can be seen without its key.
        if (!table.contains("-left-sealed-") || request.action().contains(":Describe")) {
            return Stream.of();
        }
        boolean writes = request.action().matches("dynamodb:(Put|Update|Delete|BatchWrite).*");
        return (writes
                        ? Stream.of("Encrypt", "Decrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo")
                        : Stream.of("Decrypt"))
                .map(action ->
                        new Used(request.function(), "kms:" + action, DEPLOYED.text(Map.of("Ref", "TableKeyArns"))));
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

    @ParameterizedTest
    @CsvSource({"SourceRoleArns, Notes-left-far-dev", "TargetRoleArns, Notes-left-far-prod"})
    void aCopyWithRolesIsRefusedBeforeItWrites(String parameter, String table) {
        leaveOut(parameter);
        var refused = migrate(WITH_ROLES);
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause())
                .contains("permission.denied", table, "allowed sts:AssumeRole on the role that the plan names")
                .contains("Add the role to " + parameter + " of the stack");
        assertThat(note("Notes-left-far-prod")).isEmpty();
    }

    /** What is changed in place is written with the role of the source. */
    @Test
    void inPlaceWithARoleIsRefusedBeforeItWrites() {
        leaveOut("TargetRoleArns");
        var refused = migrate(IN_PLACE_WITH_ROLE);
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause()).contains("permission.denied", "Add the role to TargetRoleArns of the stack");
        assertThat(note("Notes-left-far-live-dev")).doesNotContainKey("seen");
        leaveOut("SourceRoleArns");
        assertUndone(IN_PLACE_WITH_ROLE);
    }

    @Test
    void aCopyOfEncryptedTablesIsRefusedBeforeItWrites() {
        leaveOut("TableKeyArns");
        var refused = migrate(SEALED);
        assertThat(refused.error()).as(refused.cause()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause()).contains("allowed kms:Decrypt on the key that encrypts", "TableKeyArns of a stack");
        assertThat(note("Notes-left-sealed-prod")).isEmpty();
    }

    /** Nothing else is needed for a run from its begin to its end. */
    @Test
    void allParametersTogetherSuffice() {
        enforce(Permission.of(DEPLOYED));
        assertUndone(WITH_ROLES);
        assertUndone(SEALED);
    }

    private static void assertUndone(String plan) {
        var migrated = migrate(plan);
        assertSucceeded(migrated);
        try {
            var run = JSON.readTree(migrated.output()).at("/run").asText();
            assertSucceeded(stack.run(input("verify").put("run", run)));
            assertSucceeded(stack.run(input("rollback").put("run", run)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
