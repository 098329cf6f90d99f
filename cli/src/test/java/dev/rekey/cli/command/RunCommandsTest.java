package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that work with runs that are there. */
class RunCommandsTest {
    private static final RunId OLD = new RunId("20250102T030405678Z-0123abcd");
    private static final RunId NEW = new RunId("20260102T030405678Z-140c1f12");

    private final Shell shell;

    RunCommandsTest(@TempDir Path directory) {
        shell = new Shell(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "rollback", "resume", "stop", "status", "report", "ledger", "pause", "unpause"})
    void aRunThatIsNotThereIsAnErrorOfUsage(String command) {
        assertThat(shell.run(command, "--run", "nonsense")).isEqualTo(2);
        assertThat(shell.err()).contains("run ids have the form").contains("List the runs with: rekey runs");

        assertThat(shell.run(command, "--run", OLD.value())).isEqualTo(2);
        assertThat(shell.err()).contains("the run does not exist in bucket bucket. Nothing was started.");
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void aRunThatBeganAMomentAgoIsBeingPrepared() {
        assertThat(shell.run("status", "--run", NEW.value())).isZero();
        assertThat(shell.out()).contains("phase      preparing");
        assertThat(shell.run("status", "--run", NEW.value(), "--watch")).isEqualTo(2);
        assertThat(shell.time.waits()).hasSize(120);
        assertThat(shell.err()).contains("the run does not exist in bucket bucket. Nothing was started.");
    }

    @Test
    void verifyNamesTheRun() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        shell.stack.willEnd(new State.Failed("Rekey.VerificationFailed", "Cannot confirm run: 3 differences."));

        assertThat(shell.run("verify", "--run", OLD.value())).isEqualTo(4);
        assertThat(shell.stack.inputs).containsExactly("{\"action\":\"verify\",\"run\":\"" + OLD + "\"}");
        assertThat(shell.err()).contains("Cannot confirm run: 3 differences.");
    }

    @Test
    void verifyMayBeOfAPart() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"" + OLD + "\",\"message\":\"As the plan says.\"}"));

        assertThat(shell.run("verify", "--run", OLD.value(), "--table", "Contacts", "--where", "a=1"))
                .isZero();
        assertThat(shell.stack.inputs.getLast())
                .isEqualTo("{\"action\":\"verify\",\"run\":\"" + OLD
                        + "\",\"tables\":[\"Contacts\"],\"where\":{\"a\":\"1\"}}");
        assertThat(shell.run("verify", "--run", OLD.value(), "--table", "Nothing"))
                .isEqualTo(2);
    }

    @Test
    void rollbackAsksForThePlansName() {
        prepare(OLD, "migrate", Phase.MIGRATED)
                .checkpoint(Stage.COPY, 0, true, Map.of(Counted.CREATED, 1_200L, Counted.REPLACED, 1L))
                .checkpoint(Stage.COPY, 1, true, Map.of(Counted.CREATED, 34L, Counted.IDENTICAL, 5L));
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"" + OLD + "\",\"message\":\"Rolled back.\",\"drift\":1}"));

        assertThat(shell.run("rollback", "--run", OLD.value())).isEqualTo(2);
        assertThat(shell.typing("promote\n").run("rollback", "--run", OLD.value(), "--table", "Contacts"))
                .isEqualTo(5);
        assertThat(shell.err())
                .contains("rolls back what run " + OLD + " (migrate of plan promote")
                .contains("  Contacts-production: 1,234 records to delete, 1 to restore" + System.lineSeparator())
                .contains("are kept");
        assertThat(shell.stack.inputs)
                .containsExactly("{\"action\":\"rollback\",\"run\":\"" + OLD
                        + "\",\"table\":\"Contacts\",\"confirm\":\"promote\"}");
    }

    @Test
    void aRunThatIsRolledBackInPartIsShownSo() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        var documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
        var control = new RunFolder(OLD).control();
        documents.put(
                control, Control.start(Phase.MIGRATED, "arn:x").undoing(Undoing.ALL.where(Map.of("tenant_id", "t1"))));
        assertThat(shell.run("status", "--run", OLD.value())).isZero();
        assertThat(shell.out()).contains("phase      migrated", "rolledBack tenant_id=t1");
        assertThat(shell.run("status", "--run", OLD.value(), "--json")).isZero();
        assertThat(shell.json().at("/partlyRolledBack/0").asText()).isEqualTo("tenant_id=t1");
        assertThat(shell.run("runs")).isZero();
        assertThat(shell.out()).contains("migrated, partly rolled back");
    }

    @Test
    void rollbackByValueIsForTablesThatAreChangedInPlace() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        assertThat(shell.run("rollback", "--run", OLD.value(), "--where", "tenant_id=t1", "--yes"))
                .isEqualTo(3);
        assertThat(shell.err()).contains("it copied Contacts");
        assertThat(shell.run("rollback", "--run", OLD.value(), "--with-later", "--detach"))
                .isEqualTo(2);
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void rollbackMayOverwriteDriftCascadeAndBeExclusive() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"" + OLD + "\",\"message\":\"Rolled back.\"}"));
        var run = new String[] {
            "rollback",
            "--run",
            OLD.value(),
            "--table",
            "Contacts",
            "--cascade",
            "--drift",
            "overwrite",
            "--exclusive",
            "--keep-limit",
            "--verify",
            "--yes"
        };

        assertThat(shell.run(run)).isZero();
        assertThat(shell.err()).contains("their changes are lost", "You assert that nobody else writes");
        assertThat(shell.stack.inputs)
                .containsExactly("{\"action\":\"rollback\",\"run\":\"" + OLD
                        + "\",\"table\":\"Contacts\",\"confirm\":\"promote\",\"cascade\":true,\"drift\":\"overwrite\""
                        + ",\"exclusive\":true,\"verify\":true,\"keepLimit\":true}");
    }

    @Test
    void rollbackSaysWhatBecomesOfTheLimitOfTheRun() {
        var limits = new Limits(Optional.empty(), Optional.of(500));
        prepare(OLD, "migrate", Phase.MIGRATED)
                .control(Control.start(Phase.MIGRATED, "arn:x").within(limits));

        assertThat(shell.typing("other\n").run("rollback", "--run", OLD.value()))
                .isEqualTo(3);
        assertThat(shell.err())
                .contains(
                        "The limit of 500 write units per second is lifted, so that the rollback is fast; --keep-limit");
        assertThat(shell.typing("other\n").run("rollback", "--run", OLD.value(), "--keep-limit"))
                .isEqualTo(3);
        assertThat(shell.err()).contains("The limit of 500 write units per second stays.");
    }

    @Test
    void whatCannotBeRolledBackIsRefusedBeforeAnythingIsAsked() {
        prepare(OLD, "analyze", Phase.READ);

        assertThat(shell.typing("promote\n").run("rollback", "--run", OLD.value()))
                .isEqualTo(3);
        assertThat(shell.err())
                .startsWith("Cannot roll back run " + OLD
                        + ": it is read and has written nothing that remains in the target.")
                .doesNotContain("Type the plan's name");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void rollbackKnowsTheTablesOfTheRun() {
        prepare(OLD, "migrate", Phase.MIGRATED);

        assertThat(shell.run("rollback", "--run", OLD.value(), "--table", "Contcts", "--yes"))
                .isEqualTo(2);
        assertThat(shell.err())
                .contains("has no table Contcts. Nothing was started. Did you mean Contacts? Use one of: Contacts.");
    }

    @Test
    void runsAreListedOldestFirst() {
        prepare(NEW, "migrate", Phase.MIGRATING);
        prepare(OLD, "analyze", Phase.READ);

        assertThat(shell.run("runs")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "run                           plan     action   phase      records",
                        OLD + "  promote  analyze  read           100",
                        NEW + "  promote  migrate  migrating      100");

        shell.run("runs", "--json");
        assertThat(shell.json().at("/runs/1/phase").asText()).isEqualTo("migrating");
    }

    @Test
    void noRunsAreSaidToBeNone() {
        assertThat(shell.run("runs")).isZero();
        assertThat(shell.out()).startsWith("There are no runs in bucket bucket.");
        assertThat(shell.run("status")).isEqualTo(2);
    }

    @Test
    void aLimitIsChangedInTheRunsControlObject() {
        prepare(NEW, "migrate", Phase.MIGRATING);

        assertThat(shell.run("limit", "--run", NEW.value(), "--write", "500")).isZero();
        assertThat(shell.out()).contains("reads         no limit", "writes        at most 500 units per second");
        assertThat(shell.run("limit", "--run", NEW.value(), "--read", "7", "--json"))
                .isZero();
        assertThat(shell.json().at("/limits/readUnitsPerSecond").asInt()).isEqualTo(7);
        assertThat(shell.json().at("/limits/writeUnitsPerSecond").asInt()).isEqualTo(500);
        assertThat(shell.run("limit", "--run", NEW.value(), "--none", "--json")).isZero();
        assertThat(shell.json().get("limits")).isEmpty();
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void aLimitIsAPositiveNumber() {
        prepare(NEW, "migrate", Phase.MIGRATING);

        assertThat(shell.run("limit", "--run", NEW.value(), "--write", "0")).isEqualTo(2);
        assertThat(shell.err()).contains("0 is not between 1 and 100000000");
        assertThat(shell.run("limit", "--run", NEW.value())).isEqualTo(2);
        assertThat(shell.err()).contains("no limit was given");
    }

    @Test
    void statusIsThatOfTheNewestRun() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        prepare(NEW, "migrate", Phase.MIGRATING).checkpoint(Stage.COPY, 0, true, Map.of(Counted.READ, 50L));

        assertThat(shell.run("status")).isZero();
        assertThat(shell.out().lines())
                .contains(
                        "run        " + NEW,
                        "execution  running",
                        "progress   copying, 25 %: copied 50 of 100 records, verified 0");

        shell.run("status", "--json");
        assertThat(shell.json().at("/done").asInt()).isEqualTo(50);
        assertThat(shell.json().at("/execution").asText()).isEqualTo("running");
    }

    @Test
    void statusOfARunThatNobodyWorksOnSaysWhatComesNext() {
        prepare(NEW, "migrate", Phase.MIGRATING);
        shell.stack.willEnd(new State.Failed("Rekey.Incomplete", "it was stopped"));

        assertThat(shell.run("status")).isZero();
        assertThat(shell.out())
                .contains(
                        "next       it is unfinished and keeps its locks\n           continue with: rekey resume --run "
                                + NEW)
                .contains("or roll it back with: rekey rollback --run " + NEW);
    }

    @Test
    void watchingARunEndsAsTheRunEnds() {
        prepare(OLD, "migrate", Phase.MIGRATED);
        shell.stack.willEnd(new State.Failed("Rekey.RolledBack", "Cannot migrate: x. Rolled back."));

        assertThat(shell.run("status", "--run", OLD.value(), "--watch")).isEqualTo(7);
        assertThat(shell.err()).contains("Cannot migrate: x. Rolled back.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "rollback", "resume", "report", "ledger", "pause", "unpause", "limit"})
    void aRunThatStoppedWhileItWasPreparedCanOnlyBeStopped(String command) {
        prepare(OLD, "migrate", Phase.MIGRATED);
        preparing(NEW);
        shell.stack.willEnd(new State.Stopped("ABORTED", "LocalStack.Ended: it ended."));

        assertThat(
                        command.equals("limit")
                                ? shell.run(command, "--run", NEW.value(), "--none")
                                : shell.run(command, "--run", NEW.value()))
                .isEqualTo(3);
        assertThat(shell.err()).contains("it is being prepared, or stopped during preparation");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void aRunThatStoppedWhileItWasPreparedIsShown() {
        preparing(NEW);
        shell.stack.willEnd(new State.Stopped("ABORTED", "LocalStack.Ended: it ended."));

        assertThat(shell.run("runs")).isZero();
        assertThat(shell.out()).contains(NEW + "  -     -       preparing, no worker        0");
        assertThat(shell.run("status", "--run", NEW.value())).isZero();
        assertThat(shell.out())
                .contains("phase      preparing", "execution  aborted: LocalStack.Ended: it ended.")
                .contains("end this one with: rekey stop --run " + NEW);
    }

    private void preparing(RunId run) {
        var control = Control.start(Phase.ANALYZING, "arn:x");
        shell.stack.bucket.put(new RunFolder(run).control(), Documents.encode(control));
    }

    private RunFiles prepare(RunId run, String action, Phase phase) {
        return new RunFiles(shell.stack.bucket, run).prepared(action, phase, "arn:x", 100);
    }
}
