package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.TextPosition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without the schema, which lets only the rules through that it knows. */
class IdentityReadingTest {
    private static final Node.Fields ROOT = fields("identity", fields("rule", text("shuffle")));
    private static final PlanPath RULE = PlanPath.ROOT.to("identity").to("rule");

    private final Problems problems = new Problems(ROOT);

    @Test
    void anUnknownRuleIsAnErrorAndNoKeep() {
        read();

        assertThat(problems.inOrder())
                .containsExactly(new Problem(
                        Severity.ERROR,
                        "option.unknown-value",
                        "identity.rule",
                        "\"shuffle\" is not a valid value of this option.",
                        "Known: derive, keep."));
    }

    @Test
    void whatTheSchemaRefusedIsNotRefusedTwice() {
        problems.add(ProblemKind.OPTION_NOT_YET, RULE, "The rule shuffle is not there yet.", "");

        read();

        assertThat(problems.inOrder()).extracting(Problem::id).containsExactly("option.not-yet");
    }

    private void read() {
        new IdentityReading(ROOT, List.of(), problems)
                .rule(new TableName("People"), new Node.Fields(Map.of(), TextPosition.START), new Mode.Copy());
    }

    private static Node.Fields fields(String name, Node value) {
        return new Node.Fields(Map.of(name, value), TextPosition.START);
    }

    private static Node text(String value) {
        return new Node.Text(value, TextPosition.START);
    }
}
