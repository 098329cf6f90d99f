package dev.rekey.engine.migration;

import dev.rekey.core.item.RandomItems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes one attribute of a record, at any depth and of any type. */
final class Mutation {
    private final Random random;
    private final RandomItems items;
    private String path = "";

    Mutation(Random random, RandomItems items) {
        this.random = random;
        this.items = items;
    }

    /** @param path of what is different now, as verification is to report it */
    record Mutated(Map<String, AttributeValue> record, String path) {}

    Mutated of(Map<String, AttributeValue> record, String key) {
        var rest = new HashMap<>(record);
        rest.remove(key);
        var mutated = fields(rest);
        mutated.put(key, record.get(key));
        return new Mutated(mutated, path);
    }

    /** An entry more, an entry less, or one that is different. */
    private Map<String, AttributeValue> fields(Map<String, AttributeValue> fields) {
        var mutated = new HashMap<>(fields);
        int what = fields.isEmpty() ? 0 : random.nextInt(8);
        var names = List.copyOf(new TreeSet<>(fields.keySet()));
        var name = what == 0 ? "new" + items.text() : names.get(random.nextInt(names.size()));
        boolean plain = name.matches("[\\p{L}\\p{N}_-]+");
        path += plain ? (path.isEmpty() ? "" : ".") + name : "[\"" + name.replaceAll("([\"\\\\])", "\\\\$1") + "\"]";
        switch (what) {
            case 0 -> mutated.put(name, items.value());
            case 1 -> mutated.remove(name);
            default -> mutated.put(name, value(fields.get(name)));
        }
        return mutated;
    }

    private AttributeValue value(AttributeValue value) {
        if (random.nextInt(10) == 0) {
            return ofAnotherType(value);
        }
        return switch (value.type()) {
            case S -> AttributeValue.fromS(value.s() + "x");
            case N -> AttributeValue.fromN(lastDigit(value.n()));
            case B -> AttributeValue.fromB(bit(value.b()));
            case BOOL -> AttributeValue.fromBool(!value.bool());
            case NUL, UNKNOWN_TO_SDK_VERSION -> ofAnotherType(value);
            case SS -> AttributeValue.fromSs(element(value.ss(), () -> items.text() + "y"));
            case NS -> AttributeValue.fromNs(element(value.ns(), () -> "7" + random.nextInt(1 << 30)));
            case BS -> AttributeValue.fromBs(element(value.bs(), () -> bit(SdkBytes.fromByteArray(new byte[21]))));
            case L -> AttributeValue.fromL(list(value.l()));
            case M -> AttributeValue.fromM(fields(value.m()));
        };
    }

    private static AttributeValue ofAnotherType(AttributeValue value) {
        return value.type() == AttributeValue.Type.S
                ? AttributeValue.fromBool(true)
                : AttributeValue.fromS("of another type");
    }

    /** The last digit that a number of 38 can have beside this one's first. */
    private static String lastDigit(String number) {
        var decimal = new BigDecimal(number).stripTrailingZeros();
        return decimal.add(decimal.ulp()).precision() > 38
                ? decimal.subtract(decimal.ulp()).toPlainString()
                : decimal.add(decimal.ulp()).toPlainString();
    }

    private static SdkBytes bit(SdkBytes bytes) {
        var changed = bytes.asByteArray();
        if (changed.length == 0) {
            return SdkBytes.fromByteArray(new byte[] {0});
        }
        changed[changed.length - 1] ^= 1;
        return SdkBytes.fromByteArray(changed);
    }

    /** One element less, another instead, or one more. */
    private <T> List<T> element(List<T> set, Supplier<T> fresh) {
        var elements = new ArrayList<>(set);
        if (random.nextBoolean()) {
            elements.remove(random.nextInt(elements.size()));
        }
        if (elements.size() < set.size() && !elements.isEmpty() && random.nextBoolean()) {
            return elements;
        }
        var more = fresh.get();
        while (set.contains(more)) {
            more = fresh.get();
        }
        elements.add(more);
        return elements;
    }

    private List<AttributeValue> list(List<AttributeValue> list) {
        var mutated = new ArrayList<>(list);
        switch (list.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> mutated.add(random.nextInt(list.size() + 1), items.value());
            case 1 -> mutated.remove(random.nextInt(list.size()));
            default -> {
                int index = random.nextInt(list.size());
                path += "[" + index + "]";
                mutated.set(index, value(list.get(index)));
            }
        }
        return mutated;
    }
}
