package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.execution.ConsoleLink;
import dev.rekey.cli.execution.ExecutionArn;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-dev" }
        target: { tables: "{table}-prod" }
        identity: { rule: keep }
        tables:
          Contacts: {}
        """;
    private static final String CONSOLE = "https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1"
            + "#/v2/executions/details/arn:aws:states:eu-central-1:111122223333:execution:rekey:";

    private final Shell shell;

    DetachTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", PLAN);
    }

    @Test
    void theCommandReturnsWhileTheExecutionRuns() {
        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--detach", "--stack", "here"))
                .isZero();

        assertThat(shell.stack.inputs).hasSize(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err())
                .contains("migrate: run 20260102T030405678Z-")
                .contains("console: " + CONSOLE)
                .contains("The execution goes on. Follow it with: rekey status --run 20260102T030405678Z-");
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void programsGetTheRunAndTheLink() {
        assertThat(shell.run("analyze", "plan.yaml", "--detach", "--json")).isZero();

        assertThat(shell.json().path("run").asText()).startsWith("20260102T030405678Z-");
        assertThat(shell.json().path("action").asText()).isEqualTo("analyze");
        assertThat(shell.json().path("console").asText()).startsWith(CONSOLE);
    }

    @Test
    void aStackThatEndsWithTheCommandCannotBeLeft() {
        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--detach", "--local"))
                .isEqualTo(2);

        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.err()).contains("Cannot detach from migrate: ").contains("rekey up");
    }

    @Test
    void everyPartitionHasAConsoleAndTheLocalStackHasNone() {
        assertThat(link("arn:aws-cn:states:cn-north-1:111122223333:execution:m:x"))
                .startsWith("https://cn-north-1.console.amazonaws.cn/");
        assertThat(link("arn:aws-us-gov:states:us-gov-west-1:111122223333:execution:m:x"))
                .startsWith("https://us-gov-west-1.console.amazonaws-us-gov.com/");
        assertThat(ConsoleLink.of(new ExecutionArn("arn:aws:states:us-east-1:000000000000:execution:m:x")))
                .isEmpty();
    }

    private static String link(String arn) {
        return ConsoleLink.of(new ExecutionArn(arn)).orElseThrow();
    }
}
