package dev.rekey.core.plan;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code set} or {@code setIfAbsent} gives an attribute. */
public sealed interface ValueRule {
    /** The table's option that states the rule. */
    default String option() {
        return switch (this) {
            case Literal _, Expression _, Through _ -> "set";
            case IfAbsent _ -> "setIfAbsent";
        };
    }

    record Literal(AttributeValue value) implements ValueRule {}

    /** Only for records in which the attribute has no value. */
    record IfAbsent(ValueRule value) implements ValueRule {}

    /**
     * What an attribute of the record that a reference points to will hold.
     *
     * @param path of a reference of the table that leads to one id at most
     * @param take top-level attribute of that record, as the source names it
     */
    record Through(ReferencePath path, String take) implements ValueRule {}

    /** The value that is taken through a reference, if this rule takes one. */
    default Optional<Through> through() {
        return switch (this) {
            case Through through -> Optional.of(through);
            case IfAbsent(var value) -> value.through();
            case Literal _, Expression _ -> Optional.empty();
        };
    }

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
