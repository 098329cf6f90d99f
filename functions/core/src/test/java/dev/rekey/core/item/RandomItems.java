package dev.rekey.core.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes arbitrary items with values of all ten types; the same generator state gives the same items. */
public final class RandomItems {
    private static final String[] PIECES = {
        "a", "B", "7", " ", "\"", "\\", "/", "\n", "\u0000", "\u007f", "é", "e\u0301", "ß", "漢", "\uffff", "😀", "{",
        "[", ":", ","
    };
    private static final int MAX_DEPTH = 4;

    private final RandomGenerator random;

    public RandomItems(RandomGenerator random) {
        this.random = random;
    }

    /** An item without any particular key, of up to 12 attributes. */
    public Map<String, AttributeValue> item() {
        return attributes(12, MAX_DEPTH);
    }

    /** A value of any type. */
    public AttributeValue value() {
        return value(MAX_DEPTH);
    }

    private Map<String, AttributeValue> attributes(int most, int depth) {
        var map = new HashMap<String, AttributeValue>();
        for (var i = random.nextInt(most + 1); i > 0; i--) {
            map.put("n" + text(), value(depth));
        }
        return map;
    }

    private AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> AttributeValue.fromS(text());
            case 1 -> AttributeValue.fromN(number());
            case 2 -> AttributeValue.fromB(binary());
            case 3 -> AttributeValue.fromBool(random.nextBoolean());
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> AttributeValue.fromSs(distinct(this::text));
            case 6 -> AttributeValue.fromNs(distinct(this::number));
            case 7 -> AttributeValue.fromBs(distinct(this::binary));
            case 8 -> AttributeValue.fromL(list(depth - 1));
            default -> AttributeValue.fromM(attributes(4, depth - 1));
        };
    }

    private List<AttributeValue> list(int depth) {
        var list = new ArrayList<AttributeValue>();
        for (var i = random.nextInt(4); i > 0; i--) {
            list.add(value(depth));
        }
        return list;
    }

    private <T> List<T> distinct(Supplier<T> element) {
        var set = new HashSet<T>();
        set.add(element.get());
        for (var i = random.nextInt(4); i > 0; i--) {
            set.add(element.get());
        }
        return new ArrayList<>(set);
    }

    /** Up to 20 pieces, none included: quotes, controls, combining characters, characters of four bytes. */
    public String text() {
        var text = new StringBuilder();
        for (var i = random.nextInt(20); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** A number as DynamoDB gives it: plain decimal of up to 38 significant digits. */
    public String number() {
        var digits = new BigInteger(random.nextInt(1, 126), new Random(random.nextLong()));
        var scale = random.nextInt(-5, 40);
        var number = new BigDecimal(digits, scale).stripTrailingZeros();
        return (random.nextBoolean() ? number : number.negate()).toPlainString();
    }

    /** Up to 20 bytes. */
    public SdkBytes binary() {
        var bytes = new byte[random.nextInt(21)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }
}
