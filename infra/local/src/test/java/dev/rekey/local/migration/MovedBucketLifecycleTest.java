package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** A stack is deleted, and a new one gets the objects of its bucket, as {@code docs/operating/deploy.md} says. */
final class MovedBucketLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RECORDS = 40;

    private static final String PLAN = """
        plan: moved
        source: { tables: "{table}-moved-dev" }
        target: { tables: "{table}-moved-prod" }
        identity: { rule: keep }
        tables: { TABLE: {} }
        """;

    private final WholeStack old = WholeStack.started();

    @Test
    void runsOfADeletedStackAreRolledBackFromANewOne(@TempDir Path data) throws Exception {
        for (var table : List.of("Done", "Begun")) {
            SmallWorld.createTable(old.db(), table + "-moved-dev", List.of(new KeyAttribute("id", KeyType.S)));
            SmallWorld.createTable(old.db(), table + "-moved-prod", List.of(new KeyAttribute("id", KeyType.S)));
            for (int i = 0; i < RECORDS; i++) {
                var item = Map.of("id", s(table + i));
                old.db()
                        .putItem(request ->
                                request.tableName(table + "-moved-dev").item(item));
            }
        }
        var done = old.run(input("migrate").put("plan", PLAN.replace("TABLE", "Done")));
        var begun = old.begin(
                input("migrate").put("plan", "limits: { writeUnitsPerSecond: 1 }\n" + PLAN.replace("TABLE", "Begun")));
        await(() -> records("Begun") > 0);
        // Else a function could go on writing, and the new stack would not know of it.
        var unfinished = unfinished();
        assertSucceeded(old.run(input("stop").put("run", unfinished)));
        assertThat(old.ended(begun).statusAsString()).isNotEqualTo("SUCCEEDED");
        assertThat(records("Begun")).isLessThan(RECORDS);

        old.createBucket("rekey-renewed");
        try (var renewed = WholeStack.withBucket("rekey-renewed", data)) {
            var runs = List.of(run(done), unfinished);
            old.copyObjects(key -> key.contains("-moved-") || runs.stream().anyMatch(key::contains), renewed);
            for (var run : runs) {
                assertSucceeded(renewed.run(input("rollback").put("run", run)));
            }
            assertThat(records("Done")).isZero();
            assertThat(records("Begun")).isZero();
            // The tables are free again.
            assertSucceeded(renewed.run(input("migrate").put("plan", PLAN.replace("TABLE", "Begun"))));
            assertThat(records("Begun")).isEqualTo(RECORDS);
        }
    }

    /** The run that holds the lock of a table. */
    private String unfinished() throws Exception {
        JsonNode lock = JSON.readTree(old.get("locks/000000000000/ddblocal/Begun-moved-prod.json"));
        return lock.at("/holder/run").asText();
    }

    private static String run(DescribeExecutionResponse migrated) throws Exception {
        assertSucceeded(migrated);
        return JSON.readTree(migrated.output()).at("/run").asText();
    }

    private int records(String table) {
        return old.db()
                .scan(request -> request.tableName(table + "-moved-prod").consistentRead(true))
                .count();
    }

    private interface Question {
        boolean isSo();
    }

    private static void await(Question question) {
        var end = Instant.now().plus(Duration.ofMinutes(2));
        while (!question.isSo()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "moved");
    }

    private static void assertSucceeded(DescribeExecutionResponse execution) {
        assertThat(execution.statusAsString()).as(execution.cause()).isEqualTo("SUCCEEDED");
    }
}
