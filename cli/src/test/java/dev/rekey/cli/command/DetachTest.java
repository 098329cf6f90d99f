package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
                .contains("The execution continues. Follow it with: rekey status --run 20260102T030405678Z-");
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
    void whoeverLeavesCannotFailOnTheVerdict() {
        for (var command : List.of("analyze", "validate")) {
            for (var failOn : List.of("blocker", "warning")) {
                assertThat(shell.run(command, "plan.yaml", "--detach", "--fail-on", failOn))
                        .isEqualTo(2);
                assertThat(shell.err())
                        .isEqualToIgnoringNewLines(
                                "Cannot " + command
                                        + ": --fail-on needs the verdict, and --detach ends the command before there is one. Nothing was started. Omit one of the options.");
            }
        }
        assertThat(shell.stack.inputs).isEmpty();
    }
}
