package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.KindsTable.changing;
import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A worker changes a record in place and stops before its checkpoint. Before the next attempt, an application gives the record
 * another kind: what the run wrote stays logged as of the kind that it had then.
 */
final class KindChangeTest {
    private static final String PLAN = changing("leave");

    private final World world = new World();
    private final KindsTable table = KindsTable.create(world);

    /** The first update that reaches a1 is the last thing that the worker does. */
    private Migration interrupted() {
        world.pageLimit(50);
        var run = Migration.begun(world, PLAN);
        for (int updates = 0; !table.item("a1").containsKey("role"); updates++) {
            world.faults().after("update", KindsTable.NAME, Faults.crash());
            assertThatThrownBy(() -> run.copy(1)).isInstanceOf(Faults.Crash.class);
            world.waitForLeases();
            assertThat(updates).isLessThan(100);
        }
        assertThat(table.item("a1").get("role").s()).isEqualTo("agent");
        return run;
    }

    private RunReport rollback(Migration run, String only) {
        world.time().sleep(Duration.ofSeconds(1));
        var undoing = new Undoing(Optional.of(only), false, Drift.KEEP, false);
        var start = new Start(world, "undo-" + only).undoing(undoing);
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN)).rollback();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "9"})
    void whatWasWrittenIsRolledBackWithTheTableThatItWasOf(String kind) {
        var run = interrupted();
        table.put(record("id", "a1", "kind", kind, "customer", "c1", "role", "agent"));
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(table.item("a1")).containsEntry("role", AttributeValue.fromS("agent"));

        rollback(run, "Customers");
        assertThat(table.item("a1")).containsEntry("role", AttributeValue.fromS("agent"));
        var agents = rollback(run, "Agents").work();
        assertThat(agents.tables().get(new TableName("Agents")).counts()).containsEntry(Counted.RESTORED, 6L);
        assertThat(table.item("a1")).isEqualTo(record("id", "a1", "kind", kind, "customer", "c1"));
    }

    @Test
    void aRecordOfWhichNothingIsOursIsOneOfItsNewKind() {
        var run = interrupted();
        table.put(record("id", "a1", "kind", "1", "name", "a customer by now"));
        assertThat(run.migrate().failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(table.item("a1").get("role").s()).isEqualTo("customer");
        assertThat(report.work().tables().get(new TableName("Customers")).counts())
                .containsEntry(Counted.UPDATED, 7L);

        rollback(run, "Agents");
        assertThat(table.item("a1").get("role").s()).isEqualTo("customer");
        rollback(run, "Customers");
        assertThat(table.item("a1")).isEqualTo(record("id", "a1", "kind", "1", "name", "a customer by now"));
    }

    /** A further run treats the record as one of its new kind. */
    @Test
    void aFurtherRunSeesTheNewKind() {
        var run = interrupted();
        var asClient = record("id", "a1", "kind", "3", "customer", "c1", "role", "agent", "old", "x");
        table.put(asClient);
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(table.item("a1")).isEqualTo(asClient);
        Migration.next(world, PLAN).migrate();
        assertThat(table.item("a1")).doesNotContainKey("old").containsKey("role");
    }
}
