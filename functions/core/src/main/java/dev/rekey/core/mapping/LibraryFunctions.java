package dev.rekey.core.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import dev.rekey.core.mapping.RecordView.Untouchable;
import java.text.ParseException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the place of functions of the library whose answers depend on more than their arguments: the clock, chance, and
 * the process's language and time zone.
 */
final class LibraryFunctions {
    private static final List<String> REFUSED = List.of("now", "millis", "random", "shuffle", "uuid");

    private static final Map<String, Pure> PURE = Map.of(
            "uppercase", new Pure("<s-:s>", (_, args) -> upperCase((String) args.getFirst())),
            "lowercase", new Pure("<s-:s>", (_, args) -> lowerCase((String) args.getFirst())),
            "toMillis", new Pure("<s-s?:n>", (_, args) -> toMillis(args)));

    private record Pure(String signature, JFunctionCallable function) {}

    private LibraryFunctions() {}

    static void replaceIn(Jsonata compiled) {
        for (var name : REFUSED) {
            compiled.registerFunction(name, refusal(name));
        }
        // A function knows the name under which it was registered: each expression has its own.
        PURE.forEach((name, pure) -> compiled.registerFunction(name, new JFunction(pure.function, pure.signature)));
    }

    private static JFunction refusal(String name) {
        return new JFunction(
                (_, _) -> {
                    throw new Untouchable("the expression calls $" + name + ", whose result differs between calls");
                },
                null);
    }

    private static Object upperCase(String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    private static Object lowerCase(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static Object toMillis(List<?> args) throws ParseException {
        var timestamp = (String) args.getFirst();
        var picture = args.size() < 2 ? null : (String) args.get(1);
        if (timestamp == null) {
            return null;
        }
        if (picture != null) {
            requireYear(picture);
            return Functions.dateTimeToMillis(timestamp, picture);
        }
        return Functions.isNumeric(timestamp) ? year(timestamp) : withoutPicture(timestamp);
    }

    /** What a picture leaves out before its first part, the library takes from today. */
    private static void requireYear(String picture) {
        if (!picture.replace("[[", "").replaceAll("\\s", "").contains("[Y")) {
            throw new Untouchable(
                    "the expression calls $toMillis with a picture without a year, whose result depends on the current date");
        }
    }

    private static long year(String digits) {
        return LocalDate.of(Integer.parseInt(digits), 1, 1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** Where a time has no zone, the library takes the process's. */
    private static Long withoutPicture(String timestamp) throws ParseException {
        try {
            return LocalDateTime.parse(timestamp).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException _) {
            return Functions.dateTimeToMillis(timestamp, null);
        }
    }
}
