package dev.rekey.engine.plan;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as DynamoDB holds them: up to 38 digits, from 1E-130 to 9.99E+125. */
final class PlainNumber {
    private static final int MAX_DIGITS = 38;
    private static final int LEAST_EXPONENT = -130;
    private static final int GREATEST_EXPONENT = 125;

    private PlainNumber() {}

    /** {@code text} as plain decimal without needless zeros; empty if DynamoDB cannot hold it. */
    static Optional<String> of(String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            // The text has the form of a number: only an exponent beyond all bounds ends here.
            return Optional.empty();
        }
        var exponent = (long) number.precision() - number.scale() - 1;
        var fits = number.precision() <= MAX_DIGITS && exponent >= LEAST_EXPONENT && exponent <= GREATEST_EXPONENT;
        return fits || number.signum() == 0 ? Optional.of(number.toPlainString()) : Optional.empty();
    }
}
