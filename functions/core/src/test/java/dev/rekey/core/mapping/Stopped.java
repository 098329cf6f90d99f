package dev.rekey.core.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A program that evaluates an expression, says so in the middle of it, goes on when it is told to on its input, and prints
 * the result.
 */
final class Stopped {
    static final String IN_THE_MIDDLE = "in the middle";

    private static final String EXPRESSION = "($x := $record.wait; $count($map([1..1000], function($i) { $x & $i })))";

    private Stopped() {}

    public static void main(String[] args) {
        var result = new Expression("set.x", EXPRESSION, Map.of(), Instant.EPOCH).value(new Inputs(new Waiting()));
        System.out.println(result.orElseThrow().n());
    }

    private static final class Waiting extends AbstractMap<String, AttributeValue> {
        @Override
        public AttributeValue get(Object name) {
            System.out.println(IN_THE_MIDDLE);
            try {
                System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return AttributeValue.fromS("x");
        }

        @Override
        public boolean containsKey(Object name) {
            return true;
        }

        @Override
        public Set<Map.Entry<String, AttributeValue>> entrySet() {
            return Set.of();
        }
    }
}
