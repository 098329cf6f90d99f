package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.plan.PlanName;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private static final PlanName PLAN = new PlanName("promote");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whoTypesTheNameMayGoOn() {
        confirmation("promote\n", true, false).ask("migrate p.yaml", List.of("Writes 3 tables."), PLAN);

        assertThat(err.toString())
                .contains("Writes 3 tables.")
                .endsWith("Type the plan's name (promote) to continue: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anythingElseIsANo() {
        for (var typed : List.of("yes\n", "Promote\n", "\n", "")) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> confirmation(typed, true, false).ask("migrate p.yaml", List.of(), PLAN))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.REFUSED))
                    .withMessageContaining("Nothing was written");
        }
    }

    @Test
    void withoutATerminalTheAnswerMustBeGiven() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> confirmation("promote\n", false, false).ask("migrate p.yaml", List.of(), PLAN))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
                .withMessage(
                        "Cannot migrate p.yaml: it requires confirmation, and there is no terminal. Nothing was written. Run it again with --yes.");
    }

    @Test
    void anAnswerThatIsGivenIsNotAskedFor() {
        confirmation("", false, true).ask("migrate p.yaml", List.of("Writes 3 tables."), PLAN);

        assertThat(err.toString()).isEqualTo("Writes 3 tables." + System.lineSeparator());
    }

    private Confirmation confirmation(String typed, boolean terminal, boolean yes) {
        var console = new Console(
                new BufferedReader(new StringReader(typed)),
                new PrintWriter(out),
                new PrintWriter(err),
                terminal,
                Console.Output.FILE,
                () -> Console.Screen.USUAL,
                Wrapping.COLUMNS);
        return new Confirmation(console, yes);
    }
}
