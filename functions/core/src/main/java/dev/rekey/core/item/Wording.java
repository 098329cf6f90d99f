package dev.rekey.core.item;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and lists as sentences say them. */
public final class Wording {
    private Wording() {}

    /** {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 record}, {@code 12,345 records}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code one} if there is one, else {@code more}: {@code 1 reference points}, {@code 2 references point}. */
    public static String agree(long number, String one, String more) {
        return number == 1 ? one : more;
    }

    /** {@code a, b, c}, in the given order. */
    public static String list(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
