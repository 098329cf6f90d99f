package dev.rekey.core.item;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers, lists and ids as sentences say them. */
public final class Wording {
    private Wording() {}

    /** {@code 12,345}. */
    public static String count(long number) {
        // A page holds thousands of small ones, and a format costs a hundred times as much.
        return -1000 < number && number < 1000 ? Long.toString(number) : String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 record}, {@code 12,345 records}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code one} if there is one, else {@code more}: {@code 1 reference points}, {@code 2 references point}. */
    public static String agree(long number, String one, String more) {
        return number == 1 ? one : more;
    }

    /**
     * The same with characters that nobody sees by their numbers, such as {@code ‹U+202E›}: control characters, which can
     * steer a terminal, and formatting characters, which can turn text around or make two ids look alike.
     */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(Wording::isInvisible)) {
            return text;
        }
        var visible = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isInvisible(character)) {
                visible.append(String.format(Locale.ROOT, "‹U+%04X›", character));
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    /** The same for several lines, which stay lines. */
    public static String visibleLines(String lines) {
        return Stream.of(lines.split("\n", -1)).map(Wording::visible).collect(Collectors.joining("\n"));
    }

    /** Whether {@link #visible} shows the number of {@code character}; line breaks and tabs among them. */
    public static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** {@code a, b, c}, in the given order. */
    public static String list(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
