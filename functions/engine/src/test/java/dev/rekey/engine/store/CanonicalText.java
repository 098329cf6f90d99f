package dev.rekey.engine.store;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Text that is the same for two values exactly when DynamoDB holds them equal: numbers by value, sets in any order. */
public final class CanonicalText {
    private CanonicalText() {}

    /** One line. */
    public static String of(Map<String, AttributeValue> item) {
        var text = new StringBuilder("{");
        new TreeMap<>(item)
                .forEach((name, value) ->
                        text.append(quoted(name)).append('=').append(of(value)).append(' '));
        return text.append('}').toString();
    }

    public static String of(AttributeValue value) {
        return switch (value.type()) {
            case S -> "S" + quoted(value.s());
            case N -> "N" + number(value.n());
            case B -> "B" + hex(value.b());
            case SS -> "SS" + sorted(value.ss().stream().map(CanonicalText::quoted));
            case NS -> "NS" + sorted(value.ns().stream().map(CanonicalText::number));
            case BS -> "BS" + sorted(value.bs().stream().map(CanonicalText::hex));
            case M -> "M" + of(value.m());
            case L -> "L" + value.l().stream().map(CanonicalText::of).toList();
            case BOOL -> "BOOL:" + value.bool();
            case NUL -> "NULL:" + value.nul();
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a value without a type");
        };
    }

    private static List<String> sorted(Stream<String> elements) {
        return elements.sorted().toList();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String number(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static String hex(SdkBytes bytes) {
        return HexFormat.of().formatHex(bytes.asByteArrayUnsafe());
    }
}
