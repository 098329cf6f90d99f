package dev.rekey.engine.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.engine.run.ChangeKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted of a part of a table. Parts add up. Its size does not grow with the number of records.
 *
 * @param targetSizes of the records that migrate, after rewriting
 * @param attributes number of records by attribute name and DynamoDB type, of the first {@value #MOST_NAMES} names
 * @param leftOut number of values of other attributes
 * @param empty number of references that are null or {@code ""}, by path
 * @param units what reading and writing these records takes
 * @param changes what would become of the records; empty if the analysis lists no changes
 */
public record SegmentStatistics(
        SizeHistogram targetSizes,
        Map<String, Map<String, Long>> attributes,
        long leftOut,
        Map<String, Long> empty,
        Map<Cost, Long> units,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<ChangeKind, Long> changes) {
    public static final SegmentStatistics NOTHING =
            new SegmentStatistics(SizeHistogram.EMPTY, Map.of(), 0, Map.of(), Map.of());

    static final int MOST_NAMES = 300;

    public SegmentStatistics {
        // Where there are none, none are written.
        changes = changes == null ? Map.of() : changes;
    }

    /** Of an analysis that lists no changes. */
    public SegmentStatistics(
            SizeHistogram targetSizes,
            Map<String, Map<String, Long>> attributes,
            long leftOut,
            Map<String, Long> empty,
            Map<Cost, Long> units) {
        this(targetSizes, attributes, leftOut, empty, units, Map.of());
    }

    /** Both together. */
    public SegmentStatistics plus(SegmentStatistics other) {
        var all = new TreeMap<String, Map<String, Long>>();
        attributes.forEach((name, types) -> all.put(name, new TreeMap<>(types)));
        long out = leftOut + other.leftOut;
        for (var attribute : new TreeMap<>(other.attributes).entrySet()) {
            var known = all.get(attribute.getKey());
            if (known == null && all.size() >= MOST_NAMES) {
                out += attribute.getValue().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            } else if (known == null) {
                all.put(attribute.getKey(), attribute.getValue());
            } else {
                attribute.getValue().forEach((type, count) -> known.merge(type, count, Long::sum));
            }
        }
        return new SegmentStatistics(
                targetSizes.plus(other.targetSizes),
                all,
                out,
                sum(empty, other.empty),
                sum(units, other.units),
                sum(changes, other.changes));
    }

    public long cost(Cost kind) {
        return units.getOrDefault(kind, 0L);
    }

    private static <K extends Comparable<K>> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        var sum = new TreeMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }
}
