package dev.rekey.core.plan;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code set} gives an attribute. */
public sealed interface ValueRule {
    record Literal(AttributeValue value) implements ValueRule {}

    /**
     * JSONata, without the <code>{% %}</code> around it. An undefined result leaves the attribute out.
     *
     * @param parameters of the plan
     */
    record Expression(String jsonata, Map<String, AttributeValue> parameters) implements ValueRule {
        public Expression {
            parameters = Map.copyOf(parameters);
        }
    }
}
