package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Run, assert, roll back, assert byte-identical, run again: with the real workflow on the real stores. */
final class MigrationLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WholeStack stack = WholeStack.started();

    @Test
    void migratesVerifiesAndRollsBackToTheByte() throws Exception {
        var world = new SmallWorld(stack.db(), "whole");
        world.create();
        world.load();
        var source = world.dump("dev");
        var empty = world.dump("prod");

        var migrated = run(planInput(world, "migrate"));
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = JSON.readTree(migrated.output());
        assertThat(output.at("/counts/created").asLong()).isEqualTo(170);
        assertThat(output.at("/verification/matched").asLong()).isEqualTo(170);
        assertThat(world.dump("dev")).isEqualTo(source);
        assertReferencesPointToRecords(world);
        var first = world.dump("prod");

        var rerun = run(planInput(world, "migrate"));
        assertThat(rerun.status()).as(rerun.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var again = JSON.readTree(rerun.output());
        assertThat(again.at("/counts/identical").asLong()).isEqualTo(170);
        assertThat(again.at("/counts").has("created")).isFalse();
        assertThat(world.dump("prod")).isEqualTo(first);

        // The rerun wrote nothing, so it is in nobody's way.
        assertThat(run(rollback(output.at("/run").asText())).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(empty);
        assertThat(run(rollback(again.at("/run").asText())).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(empty);

        var third = run(planInput(world, "migrate"));
        assertThat(third.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(first);
        var verified = run(input("verify")
                .put("run", JSON.readTree(third.output()).at("/run").asText()));
        assertThat(verified.status()).as(verified.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aConflictIsRefusedBeforeTheFirstWriteAndLeftOutAfterIt() throws Exception {
        var world = new SmallWorld(stack.db(), "conflict");
        world.create();
        world.load();
        // Under keep, an id is the same on both sides: a stranger's invoice stands where ours belongs.
        world.putInto("Invoices", "prod", Map.of("number", n(7), "note", s("not ours")));
        var before = world.dump("prod");
        var plan = world.plan().replace("identity: { rule: derive, digits: 15 }", "identity: { rule: keep }");

        var refused = run(input("migrate").put("plan", plan).put("confirm", "small-world"));
        assertThat(refused.error()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("target.conflict").contains("Invoices");
        assertThat(world.dump("prod")).isEqualTo(before);

        world.deleteFrom("Invoices", "prod", Map.of("number", n(7)));
        var stranger = world.putDuringTheMigration("Invoices", Map.of("number", n(7), "note", s("not ours")));
        var migrated = run(input("migrate").put("plan", plan).put("confirm", "small-world"));
        stranger.join();

        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(JSON.readTree(migrated.output()).toString()).contains("\"late\":1");
        assertThat(world.items("Invoices", "prod"))
                .hasSize(world.items("Invoices", "dev").size())
                .contains(Map.of("number", n(7), "note", s("not ours")));
    }

    /** What is not there could be the run's omission: a record that somebody deletes while it is copied. */
    @Test
    void aFailureOnALaterLevelTakesEverythingBack() throws Exception {
        var world = new SmallWorld(stack.db(), "failure");
        world.create();
        world.load();
        var before = world.dump("prod");
        var plan = world.plan().replace("identity: { rule: derive, digits: 15 }", "identity: { rule: keep }");
        var deleting = world.deletingDuringTheMigration("Invoices", Map.of("number", n(7)));
        var failed = run(input("migrate").put("plan", plan).put("confirm", "small-world"));
        deleting.interrupt();
        deleting.join();

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.error()).as(failed.cause()).startsWith("Rekey.RolledBack");
        assertThat(failed.cause()).contains("a record of Invoices that is missing", "was rolled back");
        assertThat(world.dump("prod")).isEqualTo(before);
    }

    @Test
    void oneTableIsRolledBackAloneUnlessOthersReferToIt() throws Exception {
        var world = new SmallWorld(stack.db(), "partial");
        world.create();
        world.load();
        var empty = world.dump("prod");
        var migrated = run(planInput(world, "migrate"));
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var run = JSON.readTree(migrated.output()).at("/run").asText();
        var whole = world.dump("prod");

        var refused = run(rollback(run).put("table", "Contacts"));
        assertThat(refused.cause()).contains("would have dangling references");
        assertThat(world.dump("prod")).isEqualTo(whole);

        var partial = run(rollback(run).put("table", "InvoiceLines"));
        assertThat(partial.status()).as(partial.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.items("InvoiceLines", "prod")).isEmpty();
        assertThat(world.items("Contacts", "prod")).hasSize(60);

        assertThat(run(rollback(run)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(empty);
    }

    @Test
    void driftIsKeptAndListed() throws Exception {
        var world = new SmallWorld(stack.db(), "drift");
        world.create();
        world.load();
        var migrated = run(planInput(world, "migrate"));
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var changed = new java.util.HashMap<>(world.items("Contacts", "prod").getFirst());
        changed.put("name", s("changed by the application"));
        world.putInto("Contacts", "prod", changed);

        var verified = run(input("verify")
                .put("run", JSON.readTree(migrated.output()).at("/run").asText()));
        assertThat(verified.status()).as(verified.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(JSON.readTree(verified.output()).at("/remaining/drifted").asInt())
                .isOne();

        var rolledBack =
                run(rollback(JSON.readTree(migrated.output()).at("/run").asText()));
        assertThat(rolledBack.status()).as(rolledBack.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(JSON.readTree(rolledBack.output()).at("/drift").asInt()).isEqualTo(1);
        assertThat(world.items("Contacts", "prod")).containsExactly(changed);
    }

    @Test
    void aTestMigratesARecordWithWhatItReferencesAndRemovesItAgain() throws Exception {
        var world = new SmallWorld(stack.db(), "single");
        world.create();
        world.load();
        var empty = world.dump("prod");

        var tested = run(planInput(world, "test").put("table", "Members").put("id", "m3"));
        assertThat(tested.status()).as(tested.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(empty);

        var kept = run(
                planInput(world, "test").put("table", "Members").put("id", "m3").put("keep", true));
        assertThat(kept.status()).as(kept.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.items("Members", "prod")).hasSize(1);
        assertThat(world.items("Teams", "prod")).hasSize(1);
        assertThat(world.items("Contacts", "prod")).hasSize(1);
    }

    @Test
    void orphansKeepAMigrationFromStarting() throws Exception {
        var world = new SmallWorld(stack.db(), "orphans");
        world.create();
        world.load();
        world.put("Projects", Map.of("id", s("p-orphan"), "ownerId", s("nobody")));
        var empty = world.dump("prod");

        var analyzed = run(planInput(world, "analyze"));
        assertThat(analyzed.status()).as(analyzed.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(JSON.readTree(analyzed.output()).at("/verdict").asText()).isEqualTo("not ready");

        var refused = run(planInput(world, "migrate"));
        assertThat(refused.error()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("reference.orphan").contains("nobody");
        assertThat(world.dump("prod")).isEqualTo(empty);

        var removing = world.plan()
                .replace("ownerId: Contacts\n", "ownerId: { family: Contacts, onOrphan: removeReference }\n");
        var migrated = run(input("migrate").put("plan", removing).put("confirm", "small-world"));
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void anInputWithoutActionSaysWhatIsPossible() throws Exception {
        var failed = run(JSON.createObjectNode());

        assertThat(failed.error()).isEqualTo("Rekey.InvalidInput");
        assertThat(failed.cause())
                .startsWith("Cannot start: the input has no \"action\". Nothing was read or written.")
                .contains("analyze")
                .contains("migrate");
    }

    @Test
    void anUnknownActionIsNamed() throws Exception {
        var failed = run(JSON.createObjectNode().put("action", "migrat"));

        assertThat(failed.error()).isEqualTo("Rekey.InvalidInput");
        assertThat(failed.cause()).startsWith("Cannot start: there is no action \"migrat\". Nothing was");
    }

    private static void assertReferencesPointToRecords(SmallWorld world) {
        var contacts = world.items("Contacts", "prod").stream()
                .map(item -> item.get("id").s())
                .toList();
        for (var project : world.items("Projects", "prod")) {
            assertThat(contacts).contains(project.get("ownerId").s());
            assertThat(contacts).containsAll(project.get("byUser").m().keySet());
            assertThat(contacts).containsAll(project.get("watchers").ss());
        }
        var numbers = world.items("Invoices", "prod").stream()
                .map(item -> item.get("number").n())
                .toList();
        assertThat(world.items("InvoiceLines", "prod"))
                .allSatisfy(line ->
                        assertThat(numbers).contains(line.get("invoiceId").n()));
    }

    private static ObjectNode planInput(SmallWorld world, String action) {
        return input(action).put("plan", world.plan()).put("confirm", "small-world");
    }

    private static ObjectNode rollback(String run) {
        return input("rollback").put("run", run).put("confirm", "small-world");
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action);
    }

    private DescribeExecutionResponse run(JsonNode input) {
        return stack.run(input);
    }
}
