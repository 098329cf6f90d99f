package dev.rekey.core.plan;

import dev.rekey.core.item.CanonicalNumber;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which records of a source table the plan is about. */
public sealed interface Where {
    record Everything() implements Where {}

    /** Records whose attributes have exactly these values. */
    record Equal(Map<String, AttributeValue> values) implements Where {}

    /**
     * Records whose attributes have these values, which are given as text: a string, the digits of a number, or true or
     * false.
     */
    record Written(Map<String, String> values) implements Where {
        public Written {
            values = Map.copyOf(values);
        }

        /** Whether {@code record} has all the values. */
        public boolean holds(Map<String, AttributeValue> record) {
            return values.entrySet().stream()
                    .allMatch(wanted -> record.containsKey(wanted.getKey())
                            && isWritten(record.get(wanted.getKey()), wanted.getValue()));
        }

        private static boolean isWritten(AttributeValue value, String text) {
            return switch (value.type()) {
                case S -> value.s().equals(text);
                case N -> CanonicalNumber.of(value.n()).equals(CanonicalNumber.of(text));
                case BOOL -> value.bool().toString().equals(text);
                case B, SS, NS, BS, L, M, NUL, UNKNOWN_TO_SDK_VERSION -> false;
            };
        }
    }

    /**
     * JSONata, without the <code>{% %}</code> around it, that gives true or false.
     *
     * @param parameters of the plan
     */
    record Expression(String jsonata, Map<String, AttributeValue> parameters) implements Where {
        public Expression {
            parameters = Map.copyOf(parameters);
        }
    }
}
