package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What infra/smoke tries in an account, as {@code --print} shows it, is the whole product. */
class SmokePrintTest {
    private static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();

    /** They do not end by themselves, or need no account. */
    private static final Set<String> OF_THIS_MACHINE = Set.of("up", "demo", "console", "help");

    private static final List<String> SCENARIOS = List.of(
            "pause and unpause, by the operator, first of all",
            "stop, resume, rollback",
            "rollback --table, and the rest",
            "same in the answer, in its folder and in the mail",
            "init, tables --create, id, changes, status --plan",
            "In place with a mapping, a merge and created parents",
            "A KMS key for the bucket and for tables",
            "A role in the same account, with an external id",
            "The nightly analysis has the printed input",
            "An upgrade while a run is paused",
            "Rights are gone after a parameter is cleared",
            "Parameters that change, one at a time and back",
            "Removal");

    private final Path directory;

    SmokePrintTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void everyCommandParameterAndScenarioIsTried() throws Exception {
        var printed = printed();
        var commands = RekeyCommand.line(new Shell(directory).environment())
                .getSubcommands()
                .keySet();
        assertThat(commands).hasSizeGreaterThan(20).containsAll(OF_THIS_MACHINE);
        for (var command : commands) {
            if (!OF_THIS_MACHINE.contains(command)) {
                assertThat(printed).containsPattern("(?m)^\\$ \\./rekey " + command + "\\b");
            }
        }
        for (var parameter : parameters()) {
            assertThat(printed).containsPattern("(?m)^# " + parameter + ": ");
        }
        for (var scenario : SCENARIOS) {
            assertThat(printed).contains(scenario);
        }
        assertThat(printed.indexOf(SCENARIOS.getFirst())).isLessThan(printed.indexOf("Every action, as the operator"));
    }

    /** What the script prints without running anything. */
    private String printed() throws IOException, InterruptedException {
        var output = directory.resolve("printed");
        var process = new ProcessBuilder(
                        "python3", HOME.resolve("infra/smoke").toString(), "--region", "eu-central-1", "--print")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var ended = process.waitFor(60, TimeUnit.SECONDS);
        var printed = Files.readString(output);
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static Set<String> parameters() throws IOException {
        var template = Files.readString(HOME.resolve("infra/template.yaml"));
        var section = template.substring(template.indexOf("\nParameters:\n"), template.indexOf("\nMappings:\n"));
        var names = Pattern.compile("(?m)^  (\\w+):$")
                .matcher(section)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }
}
