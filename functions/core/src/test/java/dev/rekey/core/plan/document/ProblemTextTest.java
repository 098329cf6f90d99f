package dev.rekey.core.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Severity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                new Problem(Severity.WARNING, "identity.unused-option", "identity", "There is one.", ""),
                new Problem(Severity.NOTE, "reference.orphan", "tables.A.references.b", "1 reference.", "None."));
        var text = "Cannot migrate: x.\n" + String.join("\n", ProblemText.lines(problems)) + "\nThe end.";

        assertThat(ProblemText.read(text)).isEqualTo(problems);
        assertThat(ProblemText.read("Cannot migrate: there is no plan.")).isEmpty();
    }

    @Test
    void manyOfAKindAreOneWithACountAndThreeNames() {
        var missing = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> new Problem(
                        Severity.ERROR, "table.target-missing", "tables.T" + i, "No table T" + i + ".", "Create it."))
                .toList();
        var other = new Problem(Severity.WARNING, "identity.unused-option", "identity", "There is one.", "Omit it.");
        var all = Stream.concat(missing.stream(), Stream.of(other)).toList();

        assertThat(ProblemText.folded(all))
                .containsExactly(
                        "error  60 places  [table.target-missing]",
                        "    tables.T1, tables.T2, tables.T3 and 57 more",
                        "    The first: No table T1.",
                        "    Create it.",
                        "warning  identity  [identity.unused-option]",
                        "    There is one.",
                        "    Omit it.");
        assertThat(ProblemText.folded(missing.subList(0, 3))).isEqualTo(ProblemText.lines(missing.subList(0, 3)));
    }

    @Test
    void aProblemHasThreeLines() {
        var problem = new Problem(Severity.ERROR, "plan.no-tables", "tables", "Line one\nand two.", "Name one.");

        assertThat(ProblemText.lines(List.of(problem)))
                .containsExactly("error  tables  [plan.no-tables]", "    Line one and two.", "    Name one.");
    }
}
