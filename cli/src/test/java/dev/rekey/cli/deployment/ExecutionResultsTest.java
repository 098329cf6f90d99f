package dev.rekey.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionResultsTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");

    @ParameterizedTest
    @CsvSource({
        "Rekey.InvalidInput,2",
        "Rekey.Refused,3",
        "Rekey.NotReady,3",
        "Rekey.VerificationFailed,4",
        "Rekey.RolledBackWithDrift,5",
        "Rekey.Incomplete,6",
        "Rekey.RolledBack,7",
        "States.Runtime,6",
        "States.Timeout,6",
        "States.DataLimitExceeded,6",
        "Lambda.Unknown,6",
        "'',6"
    })
    void everyErrorHasItsExitCode(String error, int expected) {
        var ending = ExecutionResults.of(Action.MIGRATE, RUN, new State.Failed(error, "Cannot do it."));

        assertThat(ending.code().number()).isEqualTo(expected);
        assertThat(ending.succeeded()).isFalse();
        assertThat(ending.document().get("exitCode").asInt()).isEqualTo(expected);
        assertThat(ending.document().get("run").asText()).isEqualTo(RUN.value());
    }

    @Test
    void aMigrationThatLeavesOthersWorkIsDoneWithACodeOfItsOwn() {
        var output = "{\"message\":\"4 records written.\",\"drift\":0,\"remaining\":{\"late\":2}}";
        var ending = ExecutionResults.of(Action.MIGRATE, RUN, new State.Succeeded(output));

        assertThat(ending.code().number()).isEqualTo(8);
        assertThat(ending.succeeded()).isTrue();
    }

    @Test
    void aKnownFailureSaysWhatTheWorkflowSays() {
        var ending = ExecutionResults.of(
                Action.MIGRATE, RUN, new State.Failed("Rekey.RolledBack", "Cannot migrate Quotes: x."));

        assertThat(ending.message()).isEqualTo("Cannot migrate Quotes: x.");
    }

    @Test
    void aRefusalTellsEveryProblemOfThePlan() {
        var problems = List.of(
                new Problem(Severity.ERROR, "table.target-missing", "tables.A", "The target has no table A-b.", "Do."),
                new Problem(Severity.ERROR, "table.target-missing", "tables.B", "The target has no table B-b.", "Do."));
        var message = "Cannot migrate: plan p has 2 errors, the first is that. No table was written to. Do.";
        var cause = message + "\n" + String.join("\n", ProblemText.lines(problems));

        var ending = ExecutionResults.of(Action.MIGRATE, RUN, new State.Failed("Rekey.Refused", cause));

        assertThat(ending.document().get("message").asText()).isEqualTo(message);
        assertThat(ending.document().get("problems")).hasSize(2);
        assertThat(ending.document().at("/problems/1/path").asText()).isEqualTo("tables.B");
        assertThat(ending.document().at("/problems/1/hint").asText()).isEqualTo("Do.");
        assertThat(ending.message()).contains("The target has no table A-b.").endsWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "MIGRATE,rekey resume --run 20260102T030405678Z-0123abcd",
        "MIGRATE,rekey rollback --run 20260102T030405678Z-0123abcd",
        "RESUME,rekey resume --run 20260102T030405678Z-0123abcd",
        "TEST,rekey rollback --run 20260102T030405678Z-0123abcd",
        "ROLLBACK,rekey rollback --run 20260102T030405678Z-0123abcd",
        "VERIFY,rekey verify --run 20260102T030405678Z-0123abcd",
        "ANALYZE,Start it again",
        "VALIDATE,Start it again"
    })
    void whatNoStateCouldExplainNamesTheNextCommand(Action action, String command) {
        var ending = ExecutionResults.of(action, RUN, new State.Stopped("ABORTED", "somebody pressed stop"));

        assertThat(ending.code()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(ending.message())
                .contains("ABORTED: somebody pressed stop. ")
                .contains(command);
    }

    @Test
    void aSuccessIsTheOutputOfTheExecution() {
        var ending = ExecutionResults.of(
                Action.VERIFY,
                RUN,
                new State.Succeeded("{\"run\":\"20250101T000000000Z-00000000\",\"message\":\"Fine.\",\"drift\":0}"));

        assertThat(ending.code()).isEqualTo(ExitCode.DONE);
        assertThat(ending.run()).hasToString("20250101T000000000Z-00000000");
        assertThat(ending.message()).isEqualTo("Fine.");
        assertThat(ending.succeeded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ROLLBACK|{"drift":2}|5
        MIGRATE |{"drift":0}|0
        ANALYZE |{"verdict":"not ready"}|3
        VALIDATE|{"verdict":"not ready"}|3
        ANALYZE |{"verdict":"ready with warnings"}|0
        ANALYZE |{"verdict":"ready"}|0
        MIGRATE |{}|0
        """)
    void aSuccessMayStillNotBeGood(Action action, String output, int expected) {
        assertThat(ExecutionResults.of(action, RUN, new State.Succeeded(output))
                        .code()
                        .number())
                .isEqualTo(expected);
    }
}
