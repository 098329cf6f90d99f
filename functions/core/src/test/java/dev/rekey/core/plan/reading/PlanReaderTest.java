package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.document.Problem;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {
    @Test
    void aTextTooLargeToBeAPlanIsNotRead() {
        var reading = PlanReader.read("#".repeat(1_000_001));
        assertThat(((PlanReading.Invalid) reading).problems())
                .extracting(Problem::id)
                .containsExactly("document.too-large");
    }

    @Test
    void aByteOrderMarkIsNoPartOfThePlan() {
        assertThat(PlanReader.read("\uFEFF" + GoldenFiles.text(GoldenFiles.PLANS.resolve("valid-design.yaml"))))
                .isInstanceOf(PlanReading.Valid.class);
    }

    @Test
    void anExpressionNestedWithoutEndIsAProblem() {
        var plan = GoldenFiles.text(GoldenFiles.PLANS.resolve("valid-smallest.yaml"))
                        .stripTrailing() + "\n    where: '{% " + "(".repeat(200_000) + " %}'\n";
        assertThat(((PlanReading.Invalid) PlanReader.read(plan)).problems())
                .extracting(Problem::id)
                .containsExactly("expression.bad");
    }

    /** Cuts, doubles and swaps pieces of real plans: whatever comes out, the answer is a value with a reason. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noTextMakesItThrow(long seed) {
        var random = new Random(seed);
        var plans = GoldenFiles.plans(GoldenFiles.PLANS);
        for (int i = 0; i < 100; i++) {
            var text = mutated(GoldenFiles.text(plans.get(random.nextInt(plans.size()))), random);
            var found = switch (PlanReader.read(text)) {
                case PlanReading.Invalid(var problems) -> problems;
                case PlanReading.Valid(var _, var _, var warnings) -> warnings;
            };
            assertThat(found)
                    .as("seed %d, plan%n%s", seed, text)
                    .allMatch(problem ->
                            !problem.message().isBlank() && !problem.hint().isBlank());
        }
    }

    private static String mutated(String text, Random random) {
        var result = text;
        for (int i = random.nextInt(4); i >= 0 && !result.isEmpty(); i--) {
            var from = random.nextInt(result.length());
            var to = Math.min(result.length(), from + 1 + random.nextInt(8));
            var piece = result.substring(from, to);
            var noise = List.of("", piece + piece, "{", "]", ":", "\u0000", "\"", "{%", "5", "null", "&a ", "*a", "\n");
            result = result.substring(0, from) + noise.get(random.nextInt(noise.size())) + result.substring(to);
        }
        return result;
    }
}
