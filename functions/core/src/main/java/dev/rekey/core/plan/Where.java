package dev.rekey.core.plan;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which records of a source table the plan is about. */
public sealed interface Where {
    record Everything() implements Where {}

    /** Records whose attributes have exactly these values. */
    record Equal(Map<String, AttributeValue> values) implements Where {}

    /** JSONata, without the <code>{% %}</code> around it, that gives true or false. */
    record Expression(String jsonata) implements Where {}
}
