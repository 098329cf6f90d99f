package dev.rekey.core.plan;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code set} or {@code setIfAbsent} gives an attribute. */
public sealed interface ValueRule {
    /** The table's option that states the rule. */
    default String option() {
        return switch (this) {
            case Literal _, Expression _ -> "set";
            case IfAbsent _ -> "setIfAbsent";
        };
    }

    record Literal(AttributeValue value) implements ValueRule {}

    /** Only for records in which the attribute has no value. */
    record IfAbsent(ValueRule value) implements ValueRule {}

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
