package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void helpIsACommandToo() {
        assertThat(shell.run("help")).isZero();
        assertThat(shell.out()).startsWith("Usage: rekey");
        assertThat(shell.run("help", "migrate")).isZero();
        assertThat(shell.out()).startsWith("Usage: rekey migrate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
    @CsvSource(delimiter = '|', textBlock = """
        demo   | --data | --local
        up     | --data | --local
        init   | --local | --stack
        policy | --region | --local
        """)
    void optionsThatDoNothingAreNotOffered(String command, String offered, String not) {
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out()).contains(offered, "--json").doesNotContain(not);
        assertThat(shell.run(command, not)).isEqualTo(2);
    }

    @Test
    void everyCommandIsInOneGroupAndHasAnExampleThatIsRight() {
        var line = RekeyCommand.line(shell.environment());
        shell.run("--help");
        var help = shell.out();
        assertThat(line.getSubcommands()).hasSizeGreaterThan(20);
        line.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                assertThat(help).containsOnlyOnce("\n  " + name + " ");
                var footer = command.getCommandSpec().usageMessage().footer();
                assertThat(footer).as(name).hasSize(1);
                assertThat(footer[0]).startsWith("  rekey " + name + " ");
                var words = footer[0]
                        .strip()
                        .replaceAll(" > .*", "")
                        .replace("\"", "")
                        .split(" ", -1);
                assertThat(line.parseArgs(Arrays.copyOfRange(words, 1, words.length))
                                .hasSubcommand())
                        .as(footer[0])
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "gibberish", "verify", "migrate", "verify --run", "up --s3-port=x"})
    void aWrongCommandLineIsAnErrorOfUsage(String line) {
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith("Cannot run rekey").contains("Nothing was started. Run: rekey");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        migrat plan.yaml              | Cannot run rekey: unknown command "migrat". Nothing was started. Did you mean migrate? Run: rekey --help.
        xyz                           | Cannot run rekey: unknown command "xyz". Nothing was started. Run: rekey --help.
        runs --lokal                  | Cannot run rekey runs: unknown option --lokal. Nothing was started. Did you mean --local? Run: rekey runs --help
        runs all                      | Cannot run rekey runs: unexpected argument "all". Nothing was started. Run: rekey runs --help
        verify                        | Cannot run rekey verify: --run RUN is missing. Nothing was started. Run: rekey verify --help
        verify --run                  | Cannot run rekey verify: --run RUN is missing. Nothing was started. Run: rekey verify --help
        migrate                       | Cannot run rekey migrate: PLAN is missing. Nothing was started. Run: rekey migrate --help
        test                          | Cannot run rekey test: --table TABLE, PLAN are missing. Nothing was started. Run: rekey test --help
        up --s3-port=x                | Cannot run rekey up: --s3-port is "x", which is not a whole number. Nothing was started. Run: rekey up --help
        verify --run r --where x | Cannot run rekey verify: --where is "x", but must be ATTRIBUTE=VALUE. Nothing was started. Run: rekey verify --help
        resume --run r --on-failure x | Cannot run rekey resume: --on-failure is "x", but must be one of: rollback, stop. Nothing was started. Run: rekey resume --help
        verify --run a --run b        | Cannot run rekey verify: --run is given twice. Nothing was started. Run: rekey verify --help
        rollback --run a --emergency b | Cannot run rekey rollback: --run RUN, --emergency PLAN cannot be combined. Nothing was started. Run: rekey rollback --help
        """)
    void whatIsWrongIsSaidInPlainWords(String line, String message) {
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.err().strip()).isEqualTo(message);
    }

    @Test
    void helpIsTextForProgramsToo() {
        assertThat(shell.run("verify", "--json", "--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: rekey verify");
    }

    @Test
    void aWrongCommandLineIsADocumentForPrograms() {
        assertThat(shell.run("verify", "--json")).isEqualTo(2);
        assertThat(shell.json().get("exitCode").asInt()).isEqualTo(2);
        assertThat(shell.json().get("message").asText()).contains("--run");
        assertThat(shell.err()).isEmpty();
    }
}
