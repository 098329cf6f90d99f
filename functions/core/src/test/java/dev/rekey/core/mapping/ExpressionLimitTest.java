package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What ends an expression is its work, so it ends alike in every process, however slow. */
final class ExpressionLimitTest {
    private static String failure(String source) {
        try {
            return "gives " + value(source);
        } catch (UnmappableException e) {
            return e.unmappable().message();
        }
    }

    private static AttributeValue value(String source) {
        var numbers = IntStream.range(0, 1_000)
                .mapToObj(i -> AttributeValue.fromN(Integer.toString(i)))
                .toList();
        return new Expression("set.x", source, Map.of(), Instant.EPOCH)
                .value(new Inputs(Map.of("numbers", AttributeValue.fromL(numbers))))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $f($n + 1) }; $f(0))",
                "$count($map([1..10000000], function($i) { $i + 1 }))",
                "($f := function($l, $n) { $n = 0 ? $count($l) : $f($append($l, $n), $n - 1) }; $f([], 1000000))",
                "($f := function($s, $n) { $n = 0 ? $length($s) : $f($s & '0123456789', $n - 1) }; $f('', 1000000))",
                "$count($keys($reduce([1..32000], function($m, $i) { $merge([$m, {$string($i): $i}]) }, {})))",
            })
    void whatTakesTooManyStepsIsEnded(String source) {
        assertThat(failure(source))
                .isEqualTo("the expression takes more than " + EvaluationLimit.MOST_STEPS + " steps");
    }

    @Test
    void whatGoesTooDeepIsEnded() {
        assertThat(failure("($f := function($n) { 1 + $f($n) }; $f(0))"))
                .isEqualTo("the expression is nested more than 500 levels deep");
    }

    @Test
    void manyElementsAreNotDeep() {
        var pairs = value("$map($record.numbers, function($n) { [$n, {'a': $n, 'b': [$n, 1]}] })");
        assertThat(pairs.l()).hasSize(1_000);
    }

    @Test
    void aTableOfTwentyTimesAThousandIsNotTooMuch() {
        var sum = value("$sum($map($record.numbers, function($a) { $sum($map($record.numbers[[0..19]],"
                + " function($b) { $a * $b })) }))");
        assertThat(sum).isEqualTo(AttributeValue.fromN("94905000"));
    }

    @Test
    void theLimitIsOfOneEvaluation() {
        var expression =
                new Expression("set.x", "$count($map([1..100000], function($i) { $i }))", Map.of(), Instant.EPOCH);
        var record = Map.of("id", AttributeValue.fromS("r"));
        for (long steps = 0; steps <= EvaluationLimit.MOST_STEPS; steps += 100_000) {
            assertThat(expression.value(new Inputs(record))).contains(AttributeValue.fromN("100000"));
        }
    }
}
