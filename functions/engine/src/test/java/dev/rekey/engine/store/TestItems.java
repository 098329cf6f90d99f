package dev.rekey.engine.store;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items for tests of stores. */
public final class TestItems {
    private TestItems() {}

    public static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    public static AttributeValue n(String value) {
        return AttributeValue.fromN(value);
    }

    public static AttributeValue b(int... bytes) {
        return AttributeValue.fromB(binary(bytes));
    }

    /** A value of every type, nested too, each under a name of its own; without a key. */
    public static Map<String, AttributeValue> everyType() {
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("string", s("täxt 😀 \"quoted\"\n"));
        item.put("emptyString", s(""));
        item.put("number", n("-12345678901234567890123456789012345.678"));
        item.put("tiny", n(new BigDecimal("1E-130").toPlainString()));
        item.put("binary", b(0, 255, 10));
        item.put("emptyBinary", b());
        item.put("strings", AttributeValue.fromSs(List.of("b", "", "ä")));
        item.put("numbers", AttributeValue.fromNs(List.of("3", "-1.5", "20")));
        item.put("binaries", AttributeValue.fromBs(List.of(binary(2), binary(), binary(1, 255))));
        item.put("null", AttributeValue.fromNul(true));
        item.put("true", AttributeValue.fromBool(true));
        item.put("false", AttributeValue.fromBool(false));
        item.put("emptyList", AttributeValue.fromL(List.of()));
        item.put("emptyMap", AttributeValue.fromM(Map.of()));
        item.put("list", AttributeValue.fromL(List.of(s("x"), n("7"), AttributeValue.fromSs(List.of("q", "p")))));
        item.put("map", AttributeValue.fromM(Map.of("a.b", AttributeValue.fromM(Map.of("c", b(9), "d", s(""))))));
        item.put("deep", nested(31));
        item.put("a name with #, : and ä", s("v"));
        return item;
    }

    /** {@code levels} lists, one in the other. */
    public static AttributeValue nested(int levels) {
        var value = s("inside");
        for (int i = 0; i < levels; i++) {
            value = AttributeValue.fromL(List.of(value));
        }
        return value;
    }

    /** {@code item} with one attribute more, or another value of it. */
    public static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, String name, AttributeValue value) {
        var copy = new HashMap<>(item);
        copy.put(name, value);
        return copy;
    }

    private static SdkBytes binary(int... bytes) {
        var array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return SdkBytes.fromByteArray(array);
    }
}
