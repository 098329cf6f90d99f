package dev.rekey.core.plan;

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
