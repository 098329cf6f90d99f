package dev.rekey.core.item;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The one order in which maps and sets are gone through. DynamoDB and Java promise none, and Java's own differs from
 * process to process; what is computed from a record must not.
 */
public final class InOrder {
    private InOrder() {}

    /** By name. */
    public static <V> Map<String, V> map(Map<String, V> map) {
        return map.size() < 2 || map instanceof SortedMap ? map : new TreeMap<>(map);
    }

    public static List<String> texts(List<String> set) {
        return set.stream().sorted().toList();
    }

    /** By value. */
    public static List<String> numbers(List<String> set) {
        return set.stream().sorted(Comparator.comparing(BigDecimal::new)).toList();
    }

    public static List<SdkBytes> binaries(List<SdkBytes> set) {
        return set.stream()
                .sorted((one, other) -> Arrays.compareUnsigned(one.asByteArrayUnsafe(), other.asByteArrayUnsafe()))
                .toList();
    }
}
