package dev.rekey.core.plan.reading;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.TextPosition;
import java.math.BigDecimal;
import java.util.OptionalInt;

/** Whole numbers of options, {@code 3.0} among them as the schema has it. */
final class WholeNumber {
    private WholeNumber() {}

    /** Empty if there is none between {@code least} and {@code greatest}; the schema has said so then. */
    static OptionalInt in(Node.Fields node, String option, int least, int greatest) {
        if (!(node.values().get(option) instanceof Node.Numeral(String text, TextPosition _))) {
            return OptionalInt.empty();
        }
        return CanonicalNumber.of(text)
                .map(BigDecimal::new)
                .filter(number -> number.scale() <= 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(greatest)) <= 0)
                .map(number -> OptionalInt.of(number.intValueExact()))
                .orElse(OptionalInt.empty());
    }
}
