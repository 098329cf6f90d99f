package dev.rekey.core.mapping;

import java.util.ArrayList;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Says what is wrong when a path and a value do not fit, and how the path would. */
final class Misfits {
    private Misfits() {}

    static String describe(PathTree place, AttributeValue.Type found) {
        return "is " + found + " where the plan expects " + expected(place) + hint(place, found);
    }

    private static String expected(PathTree place) {
        var expected = new ArrayList<String>();
        place.rule().ifPresent(rule -> expected.add("an identity of type " + rule.type()));
        place.json().ifPresent(_ -> expected.add("a string that holds JSON"));
        place.elements().ifPresent(_ -> expected.add("a list or a set"));
        if (place.entersMaps()) {
            expected.add("a map");
        }
        return String.join(" or ", expected);
    }

    private static String hint(PathTree place, AttributeValue.Type found) {
        var path = place.rulesBelow().getFirst().path();
        return switch (found) {
            case L, SS, NS, BS ->
                place.rule().isPresent()
                        ? "; write " + path + "[] for its elements"
                        : "; write [] after its name for its elements";
            case M -> place.rule().isPresent() ? "; write " + path + "{} for its keys" : "";
            case S -> "; write |json after its name if it holds JSON";
            case N, B, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> "";
        };
    }
}
