package dev.rekey.core.plan;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code set} gives an attribute. */
public sealed interface ValueRule {
    record Literal(AttributeValue value) implements ValueRule {}

    /** JSONata, without the <code>{% %}</code> around it. An undefined result leaves the attribute out. */
    record Expression(String jsonata) implements ValueRule {}
}
