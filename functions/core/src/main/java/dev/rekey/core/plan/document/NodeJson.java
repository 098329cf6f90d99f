package dev.rekey.core.plan.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.item.CanonicalNumber;
import java.math.BigDecimal;

/** A document as JSON, for the schema's eyes only. */
public final class NodeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Longer numbers stand only where the schema takes any value, or where this one is as wrong as they are. */
    private static final int LONGEST_NUMBER = 45;

    private static final BigDecimal WRONG_ANYWHERE = new BigDecimal(-1);

    private NodeJson() {}

    public static JsonNode of(Node node) {
        return switch (node) {
            case Node.Text(var value, var _) -> JSON.textNode(value);
            case Node.Numeral(var text, var _) -> JSON.numberNode(number(text));
            case Node.Truth(var value, var _) -> JSON.booleanNode(value);
            case Node.Nothing _ -> JSON.nullNode();
            case Node.Items(var values, var _) -> {
                var array = JSON.arrayNode();
                values.forEach(value -> array.add(of(value)));
                yield array;
            }
            case Node.Fields(var values, var _) -> {
                var object = JSON.objectNode();
                values.forEach((name, value) -> object.set(name, of(value)));
                yield object;
            }
        };
    }

    private static BigDecimal number(String text) {
        return CanonicalNumber.of(text)
                .filter(_ -> text.length() <= LONGEST_NUMBER)
                .map(BigDecimal::new)
                .orElse(WRONG_ANYWHERE);
    }
}
