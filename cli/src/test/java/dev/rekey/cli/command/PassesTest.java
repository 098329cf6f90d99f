package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code migrate --until-clean}, and {@code rollback --with-later}. */
final class PassesTest {
    private static final RunId FIRST = new RunId("20250102T030405678Z-0123abcd");
    private static final RunId SECOND = new RunId("20250102T030406678Z-0123abcd");
    private static final RunId THIRD = new RunId("20250102T030407678Z-0123abcd");
    private static final State CLEAN = new State.Succeeded("{\"run\":\"r\",\"message\":\"It is done.\"}");
    private static final State LEFT =
            new State.Succeeded("{\"run\":\"r\",\"message\":\"Something is left.\",\"remaining\":{\"late\":2}}");
    private static final State REFUSED = new State.Failed("Rekey.Refused", "Cannot roll back: no.");

    private final Shell shell;

    PassesTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-staging" }
            target: { tables: "{table}-production" }
            identity: { rule: derive, namespace: production }
            tables: { Contacts: {} }
            """);
    }

    private int migrate(String... more) {
        var words = Stream.concat(Stream.of("migrate", "plan.yaml", "--yes", "--until-clean"), Stream.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    @Test
    void passesFollowUntilNothingRemains() {
        shell.stack.willEnd(LEFT, LEFT, CLEAN);
        assertThat(migrate("5")).isZero();
        assertThat(shell.stack.inputs).hasSize(3);
        assertThat(shell.err()).contains("Pass 1 of at most 5", "Pass 3 of at most 5");
        assertThat(shell.out()).contains("To roll back all 3 runs: rekey rollback --run ", " --with-later");
    }

    @Test
    void onePassIsEnoughWhereNothingRemains() {
        shell.stack.willEnd(CLEAN);
        assertThat(migrate("5")).isZero();
        assertThat(shell.stack.inputs).hasSize(1);
        assertThat(shell.out()).contains("It is done.").doesNotContain("--with-later");
    }

    @Test
    void theLastPassSaysThatSomethingRemains() {
        shell.stack.willEnd(LEFT, LEFT, CLEAN);
        assertThat(migrate("2", "--json")).isEqualTo(8);
        assertThat(shell.stack.inputs).hasSize(2);
        assertThat(shell.json().at("/runs")).hasSize(2);
    }

    @Test
    void aRefusedPassIsNoRunToRollBack() {
        shell.stack.willEnd(LEFT, REFUSED);
        assertThat(migrate("5")).isEqualTo(3);
        assertThat(shell.out()).doesNotContain("To roll back all");
    }

    @Test
    void aFailedPassIsTheLast() {
        shell.stack.willEnd(LEFT, REFUSED, CLEAN);
        assertThat(migrate("5")).isEqualTo(3);
        assertThat(shell.stack.inputs).hasSize(2);
    }

    @Test
    void passesNeedANumberAndAreFollowed() {
        assertThat(migrate("0")).isEqualTo(2);
        assertThat(migrate("3", "--detach")).isEqualTo(2);
        assertThat(shell.stack.inputs).isEmpty();
    }

    private static String rollback(RunId run) {
        return "{\"action\":\"rollback\",\"run\":\"" + run + "\",\"confirm\":\"promote\"}";
    }

    private void prepare(RunId run, Phase phase) {
        var _ = new RunFiles(shell.stack.bucket, run).prepared("migrate", phase, "arn:x", 100);
    }

    @Test
    void laterRunsOfThePlanAreRolledBackFirst() {
        prepare(FIRST, Phase.MIGRATED);
        prepare(SECOND, Phase.ROLLED_BACK);
        prepare(THIRD, Phase.MIGRATED);
        shell.stack.willEnd(CLEAN);
        assertThat(shell.run("rollback", "--run", FIRST.value(), "--with-later", "--yes"))
                .isZero();
        assertThat(shell.stack.inputs).containsExactly(rollback(THIRD), rollback(FIRST));
        assertThat(shell.err()).contains("This rolls back 2 runs of plan promote, newest first:");
    }

    @Test
    void aPartOfEachRunIsRolledBack() {
        prepare(FIRST, Phase.MIGRATED);
        prepare(SECOND, Phase.MIGRATED);
        shell.stack.willEnd(CLEAN);
        assertThat(shell.run(
                        "rollback",
                        "--run",
                        FIRST.value(),
                        "--with-later",
                        "--table",
                        "Contacts",
                        "--cascade",
                        "--yes"))
                .isZero();
        var part = "\"table\":\"Contacts\"";
        assertThat(shell.stack.inputs)
                .allSatisfy(input -> assertThat(input).contains(part, "\"cascade\":true"))
                .satisfiesExactly(
                        newest -> assertThat(newest).contains(SECOND.value()),
                        oldest -> assertThat(oldest).contains(FIRST.value()));
        assertThat(shell.err()).contains("This rolls back table Contacts of 2 runs of plan promote, newest first:");
    }

    @Test
    void aTableThatNoRunHasIsNamed() {
        prepare(FIRST, Phase.MIGRATED);
        assertThat(shell.run("rollback", "--run", FIRST.value(), "--with-later", "--table", "Unknown", "--yes"))
                .isEqualTo(2);
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void aSeriesThatIsRolledBackAlreadyIsDone() {
        prepare(FIRST, Phase.ROLLED_BACK);
        prepare(SECOND, Phase.ROLLED_BACK);
        assertThat(shell.run("rollback", "--run", FIRST.value(), "--with-later", "--yes"))
                .isZero();
        assertThat(shell.err()).contains("There is nothing to roll back: run " + FIRST);
        assertThat(shell.run("rollback", "--run", FIRST.value(), "--with-later", "--yes", "--json"))
                .isZero();
        assertThat(shell.json().at("/runs")).isEmpty();
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void ofASeriesThatIsRolledBackInPartOnlyTheRestIs() {
        prepare(FIRST, Phase.ROLLED_BACK);
        prepare(SECOND, Phase.MIGRATED);
        shell.stack.willEnd(CLEAN);
        assertThat(shell.run("rollback", "--run", FIRST.value(), "--with-later", "--yes"))
                .isZero();
        assertThat(shell.stack.inputs).containsExactly(rollback(SECOND));
    }

    @Test
    void earlierRunsStayWhereALaterOneCannotBeRolledBack() {
        prepare(FIRST, Phase.MIGRATED);
        prepare(THIRD, Phase.MIGRATED);
        shell.stack.willEnd(REFUSED);
        assertThat(shell.run("rollback", "--run", FIRST.value(), "--with-later", "--yes"))
                .isEqualTo(3);
        assertThat(shell.stack.inputs).containsExactly(rollback(THIRD));
    }

    @Test
    void notesAreShownOnce() {
        var left =
                "{\"run\":\"r\",\"message\":\"Something is left.\",\"notes\":[\"Call the bank\"],\"remaining\":{\"late\":2}}";
        shell.stack.willEnd(new State.Succeeded(left), new State.Succeeded(left), CLEAN);
        assertThat(migrate("2")).isEqualTo(8);
        assertThat(shell.out()).containsOnlyOnce("Call the bank").contains("Manual steps that remain:");
        assertThat(shell.out().indexOf("Call the bank"))
                .isGreaterThan(shell.out().lastIndexOf("Something is left."));
    }
}
