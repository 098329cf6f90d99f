package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RekeyCommandTest {
    private final Shell shell;

    RekeyCommandTest(@TempDir Path directory) {
        shell = new Shell(directory);
    }

    @Test
    void helpGoesToStandardOutput() {
        assertThat(shell.run("--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: rekey");
        assertThat(shell.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "init",
                "analyze",
                "validate",
                "test",
                "migrate",
                "verify",
                "rollback",
                "resume",
                "limit",
                "stop",
                "status",
                "runs",
                "id"
            })
    void everyCommandHasHelpAndTheCommonOptions(String command) {
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out()).contains("--local", "--json", "--profile", "--region", "--stack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "nonsense", "verify", "migrate", "verify --run", "up --s3-port=x"})
    void aWrongCommandLineIsAnErrorOfUsage(String line) {
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith("Cannot run rekey").contains("Nothing was started. Run: rekey");
    }

    @Test
    void aWrongCommandLineIsADocumentForPrograms() {
        assertThat(shell.run("verify", "--json")).isEqualTo(2);
        assertThat(shell.json().get("exitCode").asInt()).isEqualTo(2);
        assertThat(shell.json().get("message").asText()).contains("--run");
        assertThat(shell.err()).isEmpty();
    }
}
