package dev.rekey.interpreter.definition;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The functions that the service adds to JSONata, and those of JSONata that read the clock or chance. */
final class AwsFunctions {
    private static final int LONGEST_RANGE = 1_000;
    private static final int LONGEST_HASHED = 10_000;
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private AwsFunctions() {}

    /** Binds those functions that the expression names. */
    static void bind(Jsonata.Frame frame, Set<String> names, Bindings bindings) {
        for (String name : names) {
            JFunctionCallable function = function(name, bindings);
            if (function != null) {
                frame.bind(name, new JFunction(function, null));
            }
        }
    }

    private static JFunctionCallable function(String name, Bindings bindings) {
        return switch (name) {
            case "partition" -> (input, args) -> partition(list(args, 0), integer(args, 1, "partition"));
            case "range" ->
                (input, args) -> range(number(args, 0, "range"), number(args, 1, "range"), number(args, 2, "range"));
            case "hash" -> (input, args) -> hash(text(args, 0, "hash"), text(args, 1, "hash"));
            case "random" -> (input, args) -> random(args, bindings.random());
            case "shuffle" -> (input, args) -> shuffled(list(args, 0), bindings.random());
            case "uuid" -> (input, args) -> Uuids.next(bindings.random());
            case "parse" -> (input, args) -> parse(text(args, 0, "parse"));
            case "now" ->
                (input, args) -> Functions.dateTimeFromMillis(
                        bindings.now().toEpochMilli(),
                        args.isEmpty() ? null : (String) args.get(0),
                        args.size() < 2 ? null : (String) args.get(1));
            case "millis" -> (input, args) -> bindings.now().toEpochMilli();
            default -> null;
        };
    }

    private static Object partition(List<?> array, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("$partition needs a chunk size of at least 1, not " + size);
        }
        List<Object> chunks = new ArrayList<>();
        for (int from = 0; from < array.size(); from += size) {
            chunks.add(new ArrayList<>(array.subList(from, Math.min(array.size(), from + size))));
        }
        return chunks;
    }

    private static Object range(double first, double last, double step) {
        double count = step == 0 ? Double.NaN : Math.floor((last - first) / step) + 1;
        if (Double.isNaN(count) || count > LONGEST_RANGE) {
            throw new IllegalArgumentException("$range needs a step that is not 0 and gives at most " + LONGEST_RANGE
                    + " numbers; from " + first + " to " + last + " by " + step + " does not");
        }
        List<Object> numbers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            numbers.add(com.dashjoin.jsonata.Utils.convertNumber(first + index * step));
        }
        return numbers;
    }

    private static Object hash(String data, String algorithm) {
        if (!ALGORITHMS.contains(algorithm) || data.length() > LONGEST_HASHED) {
            throw new IllegalArgumentException("$hash takes at most " + LONGEST_HASHED
                    + " characters and one of MD5, SHA-1, SHA-256, SHA-384, SHA-512; given were " + data.length()
                    + " characters and '" + algorithm + "'");
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object random(List<?> args, RandomGenerator random) {
        return args.isEmpty()
                ? (Object) random.nextDouble()
                : (Object) new SplittableRandom((long) number(args, 0, "random")).nextDouble();
    }

    private static Object shuffled(List<?> array, RandomGenerator random) {
        List<Object> shuffled = new ArrayList<>(array);
        for (int index = shuffled.size() - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            Object moved = shuffled.set(other, shuffled.get(index));
            shuffled.set(index, moved);
        }
        return shuffled;
    }

    private static Object parse(String text) {
        try {
            return Values.toJsonata(Json.parse(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("$parse received a text that is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<?> list(List<?> args, int index) {
        Object value = index < args.size() ? args.get(index) : null;
        if (value instanceof List<?> list) {
            return list;
        }
        return value == null ? List.of() : List.of(value);
    }

    private static int integer(List<?> args, int index, String function) {
        return (int) number(args, index, function);
    }

    private static double number(List<?> args, int index, String function) {
        if (index < args.size() && args.get(index) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("$" + function + " needs a number as argument " + (index + 1));
    }

    private static String text(List<?> args, int index, String function) {
        if (index < args.size() && args.get(index) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("$" + function + " needs a string as argument " + (index + 1));
    }
}
