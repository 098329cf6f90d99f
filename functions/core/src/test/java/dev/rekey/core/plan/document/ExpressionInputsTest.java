package dev.rekey.core.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.document.ExpressionInputs.Inputs;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionInputsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 | ~~",
                "$runStartedAt | ~~",
                "'$record' | ~~",
                "$record.a | a",
                "$record.a.b.c | a",
                "$record.\"a b\" & $record.c | a b,c",
                "$record.`a.b` | a.b",
                "$record.a[b = 1].c | a",
                "$record.a[0] | a",
                "$record.a{b: c} | a",
                "$record.a^(>b).c | a",
                "$record.a.(b & $record.c) | a,c",
                "$record.a[b = $record.c] | a,c",
                "$map($record.a, function($v) { $v & $record.b }) | a,b",
                "$trim($record.a) | a",
                "($x := $record.a; $x.b) | a",
                "$exists($record.a) ? $record.b : $parameters.c | a,b",
                "{'x': $record.a, $record.b: 1} | a,b",
                "[$record.a, -$record.b] | a,b",
                "/* $record.b */ $record.a | a",
            })
    void namedAttributes(String jsonata, String attributes) {
        var expected = attributes.isEmpty() ? Set.<String>of() : Set.of(attributes.split(",", -1));
        assertThat(ExpressionInputs.of(jsonata)).isEqualTo(new Inputs(false, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$record",
                "$string($record)",
                "$keys($record)",
                "$lookup($record, 'a' & 'b')",
                "$record.*",
                "$record.**",
                "$record[a = 1].b",
                "$record^(a)",
                "$record{a: b}",
                "$record.(a & b)",
                "$record.a.%.b",
                "$record.a@$x.b",
                "$record@$x.a",
                "$record#$i.a",
                "($x := $record; $x.a)",
                "$record ~> |$|{'a': 1}|",
                "$merge([$record, {}])",
                "(",
            })
    void anythingAtAll(String jsonata) {
        assertThat(ExpressionInputs.of(jsonata).everything()).as(jsonata).isTrue();
    }

    @Test
    void theRecordIsTheOnlyWayToAnAttribute() {
        // Expressions have no input of their own, so these read nothing.
        assertThat(ExpressionInputs.of("a & $$.b & $.c")).isEqualTo(new Inputs(false, Set.of()));
    }
}
