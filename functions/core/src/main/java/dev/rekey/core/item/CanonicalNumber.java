package dev.rekey.core.item;

import java.math.BigDecimal;
import java.util.Optional;

/** The one text of a number: plain decimal, no trailing zeros, no plus, no minus before zero. */
public final class CanonicalNumber {
    private static final int MAX_DIGITS = 38;
    /** Longer than any number DynamoDB gives; keeps a hostile text from costing time or memory. */
    private static final int MAX_LENGTH = 300;

    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;
    private static final int MAX_PLAIN_LENGTH = 18;

    private CanonicalNumber() {}

    /** Empty if {@code text} is no number that DynamoDB can hold. */
    public static Optional<String> of(String text) {
        if (isPlainInteger(text)) {
            return Optional.of(text);
        }
        if (text.isEmpty() || text.length() > MAX_LENGTH || !hasOnlyAsciiNumberCharacters(text)) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(text).stripTrailingZeros();
            return isInRange(number) ? Optional.of(number.toPlainString()) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Short integers without leading zeros are canonical already: most ids are. */
    private static boolean isPlainInteger(String text) {
        var length = text.length();
        if (length == 0 || length > MAX_PLAIN_LENGTH || (text.charAt(0) == '0' && length > 1)) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** BigDecimal would read digits of other scripts too. */
    private static boolean hasOnlyAsciiNumberCharacters(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    private static boolean isInRange(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        var exponent = (long) number.precision() - number.scale() - 1;
        return number.precision() <= MAX_DIGITS && exponent <= MAX_EXPONENT && exponent >= MIN_EXPONENT;
    }
}
