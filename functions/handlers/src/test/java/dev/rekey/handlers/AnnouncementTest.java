package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told of executions: enough to go on without knowing anything. */
final class AnnouncementTest {
    private static final String RUN = "20260102T030405678Z-e6a2e1d4";
    private static final String EXECUTION =
            "arn:aws:states:eu-central-1:111122223333:execution:rekey-migration:nightly";
    private static final String MACHINE = "arn:aws:states:eu-central-1:111122223333:stateMachine:rekey-migration";

    @Test
    void anAbortedMigrationIsToldWithTheCommandsThatEndIt() {
        var told = told("ABORTED", "", "", "{\"action\": \"migrate\", \"plan\": \"s3://b/p\", \"confirm\": \"p\"}");
        var run = RunId.of(Instant.parse("2026-01-02T03:04:05.678Z"), "nightly");

        assertThat(told.subject()).isEqualTo("Rekey: migrate of run " + run + " was stopped: run unfinished");
        assertThat(told.text()).isEqualTo("""
            Migrate of run %1$s was stopped: the run is unfinished and its tables stay locked.

            No cause was given.

            What to do
              To resume it:
                rekey resume --run %1$s --stack here --region eu-central-1
                aws stepfunctions start-execution --state-machine-arn %2$s --input '{"action": "resume", "run": "%1$s"}'
              Or to roll it back:
                rekey rollback --run %1$s --stack here --region eu-central-1
                aws stepfunctions start-execution --state-machine-arn %2$s --input '{"action": "rollback", "run": "%1$s", "confirm": "NAME OF THE PLAN"}'

            Run        %1$s
            Execution  %3$s
            Console    https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/%3$s\
            """.formatted(run, MACHINE, EXECUTION));
    }

    @ParameterizedTest
    @CsvSource({
        "aws-cn, cn-north-1, https://cn-north-1.console.amazonaws.cn/",
        "aws-us-gov, us-gov-west-1, https://us-gov-west-1.console.amazonaws-us-gov.com/"
    })
    void theLinkLeadsToTheConsoleOfThePartition(String partition, String region, String console) {
        var arn = "arn:" + partition + ":states:" + region + ":111122223333:execution:rekey-migration:nightly";
        var ended = EndedExecution.of(
                Map.of("executionArn", arn, "name", "nightly", "status", "ABORTED", "startDate", 1_767_323_045_678L));

        assertThat(Announcement.of(ended, "here", region).text())
                .endsWith("Console    " + console + "states/home?region=" + region + "#/v2/executions/details/" + arn);
    }

    @Test
    void anExecutionThatWorksOnAnEarlierRunIsToldByThatRun() {
        var told = told("TIMED_OUT", "", "", "{\"action\": \"resume\", \"run\": \"" + RUN + "\"}");

        assertThat(told.subject()).startsWith("Rekey: resume of run " + RUN + " timed out: ");
        assertThat(told.text()).contains("rekey rollback --run " + RUN + " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Rekey.RolledBack          | everything it wrote was rolled back | Fix the cause above and start again.
        Rekey.RolledBackWithDrift | except records that others have changed since | rekey status --run
        Rekey.Refused             | no table was written to | Fix the cause above and start again.
        Rekey.NotReady            | no table was written to | Fix the cause above and start again.
        Rekey.InvalidInput        | no table was written to | Fix the cause above and start again.
        Rekey.VerificationFailed  | verification found failures in the target | rekey rollback --run
        Rekey.Superseded          | another execution has taken over the run | No action is needed
        Rekey.Incomplete          | its tables stay locked | rekey resume --run
        States.Runtime            | its tables stay locked | rekey resume --run
        States.DataLimitExceeded  | its tables stay locked | rekey rollback --run
        """)
    void everyFailureHasAConsequenceAndANextStep(String error, String consequence, String step) {
        var told = told("FAILED", error, "Cannot do it: it is broken.", "{\"action\": \"migrate\"}");

        assertThat(told.text())
                .contains(" failed: ")
                .contains(consequence)
                .contains("Cannot do it: it is broken.")
                .contains(step);
    }

    @Test
    void everyErrorOfAnExecutionIsCovered() {
        assertThat(ErrorNames.OF_EXECUTIONS)
                .allSatisfy(error -> assertThat(told("FAILED", error, "why", "{\"action\": \"migrate\"}")
                                .text())
                        .contains("What to do\n  "));
        assertThat(ErrorNames.OF_EXECUTIONS)
                .allSatisfy(error -> assertThat(told("FAILED", error, "why", "{\"action\": \"validate\"}")
                                .subject())
                        .matches("\\p{ASCII}{1,100}"));
    }

    @Test
    void aRollbackThatWasAskedForNeedsNothing() {
        var told = told(
                "SUCCEEDED",
                "",
                "",
                "{\"action\": \"rollback\", \"run\": \"" + RUN + "\"}",
                "{\"outcome\": \"rolledBack\"}");

        assertThat(told.subject()).endsWith(" is done: rolled back");
        assertThat(told.text()).contains("No action is needed: the rollback was requested.");
    }

    @Test
    void aRollbackTellsWhatItLeft() {
        var input = "{\"action\": \"rollback\", \"run\": \"" + RUN + "\"}";
        assertThat(told("SUCCEEDED", "", "", input, "{\"outcome\": \"rolledBack\", \"drift\": 400}")
                        .subject())
                .endsWith(" is done: rolled back except drift");
        var one = input.replace("{", "{\"table\": \"Orders\", ");
        assertThat(told("SUCCEEDED", "", "", one, "{\"outcome\": \"rolledBack\", \"drift\": 0}")
                        .text())
                .contains("what it wrote to one table");
    }

    /** Whoever starts an analysis sees what it found; a schedule does not. */
    @Test
    void anAnalysisByAScheduleTellsThatThePlanIsNotReady() {
        var output = "{\"outcome\":\"analyzed\",\"verdict\":\"not ready\",\"message\":\"3 errors.\"}";
        var input = "{\"action\": \"analyze\", \"plan\": \"s3://b/p\", \"startedBy\": {\"from\": \"schedule\"}}";
        var told = told("SUCCEEDED", "", "", input, output);
        assertThat(told.subject()).endsWith(" is done: the plan is not ready");
        assertThat(told.text()).contains("\n3 errors.\n").contains("rekey report --run ");
        assertThat(told("SUCCEEDED", "", "", "{\"action\": \"analyze\"}", output))
                .isNull();
        assertThat(told("SUCCEEDED", "", "", input, output.replace("not ready", "ready")))
                .isNull();
    }

    /** After a partial rollback, a verification counts what it finds rolled back. */
    @Test
    void aVerificationThatSpeaksOfARollbackIsNoRollback() {
        var output = "{\"outcome\":\"verified\",\"verification\":{\"rolledBack\":4,\"verdict\":\"passed\"}}";
        assertThat(told("SUCCEEDED", "", "", "{\"action\": \"verify\", \"run\": \"" + RUN + "\"}", output))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "validate", "verify"})
    void whatOnlyReadsLeavesNothingToTakeBack(String action) {
        for (var status : List.of("ABORTED", "TIMED_OUT")) {
            var told = told(status, "", "", "{\"action\": \"" + action + "\", \"run\": \"" + RUN + "\"}");

            assertThat(told.subject()).endsWith("not finished, nothing changed").hasSizeLessThanOrEqualTo(100);
            assertThat(told.text()).doesNotContain("rollback").doesNotContain("resume");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"action\": \"\u00fcberall\"}", "\"migrate\"", "not json", ""})
    void whateverAnExecutionWasStartedWithIsToldAndNotQuoted(String input) {
        var told = told("FAILED", "Rekey.InvalidInput", "Cannot start.", input);

        assertThat(told.subject()).isEqualTo("Rekey: an execution failed: nothing written");
        assertThat(told.subject()).matches("\\p{ASCII}{1,100}");
    }

    private static Announcement told(String status, String error, String cause, String input) {
        return told(status, error, cause, input, "{}");
    }

    private static Announcement told(String status, String error, String cause, String input, String output) {
        var detail = new HashMap<String, Object>(Map.of(
                "executionArn", EXECUTION,
                "stateMachineArn", MACHINE,
                "name", "nightly",
                "status", status,
                "startDate", Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli(),
                "input", input,
                "output", output));
        if (!error.isEmpty()) {
            detail.put("error", error);
            detail.put("cause", cause);
        }
        var event = new ScheduledEvent().withRegion("eu-central-1").withDetail(detail);
        var told = new Announcement[1];
        var handler = new NotifyHandler((subject, text) -> told[0] = new Announcement(subject, text), "here");
        assertThat(handler.handleRequest(event, null)).isNull();
        return told[0];
    }
}
