package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {
    @Test
    void whatIsWrittenForPeopleCanBeReadAgain() {
        var problems = List.of(
                new Problem(
                        Severity.ERROR,
                        "table.target-missing",
                        "tables.\"A  [b]\"",
                        "The target has no table A-b.",
                        "Create it."),
                new Problem(Severity.WARNING, "identity.unused-option", "identity", "There is one.", ""));
        var text = "Cannot migrate: x.\n" + String.join("\n", ProblemText.lines(problems)) + "\nThe end.";

        assertThat(ProblemText.read(text)).isEqualTo(problems);
        assertThat(ProblemText.read("Cannot migrate: there is no plan.")).isEmpty();
    }

    @Test
    void aProblemHasThreeLines() {
        var problem = new Problem(Severity.ERROR, "plan.no-tables", "tables", "Line one\nand two.", "Name one.");

        assertThat(ProblemText.lines(List.of(problem)))
                .containsExactly("error  tables  [plan.no-tables]", "    Line one and two.", "    Name one.");
    }
}
