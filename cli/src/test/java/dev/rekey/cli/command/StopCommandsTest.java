package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stop}, and {@code rollback --emergency}. */
class StopCommandsTest {
    private static final RunId OLD = new RunId("20250102T030405678Z-0123abcd");
    private static final RunId NEW = new RunId("20260102T030405678Z-140c1f12");

    private final Shell shell;

    StopCommandsTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-staging" }
            target: { tables: "{table}-production" }
            identity: { rule: derive, namespace: production }
            tables: { Contacts: {} }
            """);
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"" + OLD + "\",\"message\":\"It is done.\"}"));
    }

    private void prepare(RunId run, String action, Phase phase) {
        var _ = new RunFiles(shell.stack.bucket, run).prepared(action, phase, "arn:x", 100);
    }

    private void hasTarget() {
        var table = new PhysicalTable("Contacts-production");
        shell.stack.tables.put(
                table,
                new TableShape(
                        table,
                        "000000000000",
                        "us-east-1",
                        new KeyAttribute("id", KeyType.S),
                        Optional.empty(),
                        Map.of()));
    }

    private static String stop(RunId run) {
        return "{\"action\":\"stop\",\"run\":\"" + run + "\"}";
    }

    private static String rollback(RunId run) {
        return "{\"action\":\"rollback\",\"run\":\"" + run + "\",\"confirm\":\"promote\"}";
    }

    @Test
    void stoppingNeedsNoConfirmation() {
        prepare(OLD, "migrate", Phase.MIGRATING);
        assertThat(shell.run("stop", "--run", OLD.value())).isZero();
        assertThat(shell.out()).contains("It is done.");
        assertThat(shell.stack.inputs).containsExactly(stop(OLD));
    }

    @Test
    void stoppingAndRollingBackAsksFirst() {
        prepare(OLD, "migrate", Phase.MIGRATING);
        assertThat(shell.run("stop", "--run", OLD.value(), "--rollback")).isEqualTo(2);
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.run("stop", "--run", OLD.value(), "--rollback", "--yes"))
                .isZero();
        assertThat(shell.stack.inputs).containsExactly(stop(OLD), rollback(OLD));
    }

    @Test
    void aRunThatCannotBeStoppedIsNotRolledBack() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        shell.stack.willEnd(new State.Failed("Rekey.Refused", "Cannot stop run: it has ended."));
        assertThat(shell.run("stop", "--run", OLD.value(), "--rollback", "--yes"))
                .isEqualTo(3);
        assertThat(shell.stack.inputs).containsExactly(stop(OLD));
    }

    @Test
    void inAnEmergencyAllUnfinishedRunsAreStoppedBeforeTheNewestIsRolledBack() {
        hasTarget();
        prepare(OLD, "migrate", Phase.MIGRATING);
        prepare(NEW, "test", Phase.TESTING);
        prepare(new RunId("20260202T030405678Z-00000000"), "migrate", Phase.MIGRATED);
        prepare(new RunId("20260202T030405678Z-00000001"), "analyze", Phase.ANALYZING);
        assertThat(shell.run("rollback", "--emergency", "plan.yaml", "--yes", "--json"))
                .isZero();
        assertThat(shell.stack.inputs).containsExactly(stop(NEW), stop(OLD), rollback(NEW), rollback(OLD));
        assertThat(shell.json().at("/runs")).hasSize(2);
        assertThat(shell.err()).contains("every unfinished run").contains(NEW.value());
    }

    @Test
    void aRunThatEndsWhileTheQuestionStandsIsLeftAsItIs() {
        hasTarget();
        prepare(OLD, "migrate", Phase.MIGRATING);
        prepare(NEW, "migrate", Phase.MIGRATING);
        shell.typing("promote", () -> prepare(NEW, "migrate", Phase.MIGRATED));
        assertThat(shell.run("rollback", "--emergency", "plan.yaml")).isZero();
        assertThat(shell.stack.inputs).containsExactly(stop(OLD), rollback(OLD));
        assertThat(shell.err())
                .contains("Run " + NEW + " has ended in the meantime and is migrated: it was not rolled back.")
                .contains("rekey rollback --run " + NEW);
    }

    @Test
    void aRunThatCannotBeReachedInAnEmergencyIsNamedAndTheOthersAreTakenBack() {
        hasTarget();
        prepare(OLD, "migrate", Phase.MIGRATING);
        prepare(NEW, "test", Phase.TESTING);
        shell.stack.willFailToStart(NEW.value(), new StoreException(StoreException.Kind.UNAVAILABLE, "no answer"));
        assertThat(shell.run("rollback", "--emergency", "plan.yaml", "--yes")).isEqualTo(6);
        assertThat(shell.stack.inputs).containsExactly(stop(OLD), rollback(OLD));
        assertThat(shell.err())
                .contains("Run " + NEW + ": Cannot determine whether stop was started", ": no answer.")
                .contains("Continue with: rekey rollback --run " + NEW + ".");
    }

    @Test
    void anEmergencyOfOtherTablesConcernsNobody() {
        prepare(OLD, "migrate", Phase.MIGRATING);
        assertThat(shell.run("rollback", "--emergency", "plan.yaml", "--yes")).isZero();
        assertThat(shell.out()).contains("No unfinished run writes to the target tables of plan promote.");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void whatIsIncompleteOutweighsTheRest() {
        hasTarget();
        prepare(OLD, "migrate", Phase.MIGRATING);
        shell.stack.willEnd(new State.Failed("Rekey.Incomplete", "Cannot finish."));
        assertThat(shell.run("rollback", "--emergency", "plan.yaml", "--yes")).isEqualTo(6);
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        for (var line : List.of(
                "rollback",
                "rollback --run " + OLD + " --emergency plan.yaml",
                "rollback --emergency plan.yaml --table Contacts",
                "rollback --emergency plan.yaml --exclusive",
                "rollback --run " + OLD + " --cascade")) {
            assertThat(shell.run(line.split(" "))).as(line).isEqualTo(2);
        }
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void anIdThatBecameNoRunIsNotToldAsOne() {
        shell.stack.willEnd(new State.Failed("Rekey.Refused", "Cannot use the plan."));
        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--json")).isEqualTo(3);
        assertThat(shell.json().has("run")).isFalse();
    }

    @Test
    void aRunThatIsBeingPreparedIsStoppedWithoutAnExecution() {
        var folder = new RunFolder(NEW);
        shell.stack.bucket.put(folder.control(), Documents.encode(Control.start(Phase.ANALYZING, "arn:x")));

        assertThat(shell.run("stop", "--run", NEW.value(), "--json")).isZero();
        assertThat(shell.json().at("/outcome").asText()).isEqualTo("stopped");
        assertThat(shell.json().at("/message").asText()).contains("has written to no table and holds no lock");
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.run("runs")).isZero();
        assertThat(shell.out()).contains("refused");
        assertThat(shell.run("stop", "--run", NEW.value())).as("again").isEqualTo(3);
        assertThat(shell.err()).contains("it was refused during preparation");
    }
}
