package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration where every ARN begins with {@code arn:aws-us-gov}. */
final class PartitionLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = """
        plan: gov
        source: { tables: "{table}-gov-dev" }
        target: { tables: "{table}-gov-prod" }
        identity: { rule: keep }
        tables:
          Owners: {}
          Links: { references: { ownerId: Owners } }
        """;

    @Test
    void aRunIsMigratedVerifiedAndRolledBackInAnotherPartition(@TempDir Path data) throws Exception {
        var stack = WholeStack.in("us-gov-west-1", data);
        var id = new KeyAttribute("id", KeyType.S);
        for (var table : List.of("Owners-gov-dev", "Owners-gov-prod", "Links-gov-dev", "Links-gov-prod")) {
            SmallWorld.createTable(stack.db(), table, List.of(id));
        }
        stack.db().putItem(request -> request.tableName("Owners-gov-dev").item(Map.of("id", s("o1"))));
        stack.db()
                .putItem(request -> request.tableName("Links-gov-dev").item(Map.of("id", s("l1"), "ownerId", s("o1"))));

        var migrated = stack.run(input("migrate").put("plan", PLAN));
        assertThat(migrated.statusAsString()).as(migrated.cause()).isEqualTo("SUCCEEDED");
        assertThat(migrated.executionArn()).startsWith("arn:aws-us-gov:states:us-gov-west-1:");
        var run = JSON.readTree(migrated.output()).at("/run").asText();
        var verified = stack.run(input("verify").put("run", run));
        assertThat(verified.statusAsString()).as(verified.cause()).isEqualTo("SUCCEEDED");
        // The fence looks at executions by their ARNs.
        var undone = stack.run(input("rollback").put("run", run));
        assertThat(undone.statusAsString()).as(undone.cause()).isEqualTo("SUCCEEDED");
        assertThat(stack.db()
                        .scan(request -> request.tableName("Links-gov-prod"))
                        .count())
                .isZero();
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "gov");
    }
}
