package dev.rekey.engine.segment;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many records are how large, in buckets of fixed bounds, so that two of these add up. Sizes below 128 bytes have a
 * bucket each; above, every doubling is cut into 64, so that a bucket is at most 1/64 of its sizes wide. A record has
 * 400 KB at most, which makes fewer than 900 buckets.
 *
 * @param min exact; 0 if there is no record
 * @param max exact
 * @param buckets number of records by the index of their bucket
 */
public record SizeHistogram(long min, long max, Map<Integer, Long> buckets) {
    public static final SizeHistogram EMPTY = new SizeHistogram(0, 0, Map.of());

    private static final int STEP_BITS = 6;
    private static final int STEPS = 1 << STEP_BITS;

    /** Both together. */
    public SizeHistogram plus(SizeHistogram other) {
        if (buckets.isEmpty()) {
            return other;
        }
        if (other.buckets.isEmpty()) {
            return this;
        }
        var sum = new TreeMap<>(buckets);
        other.buckets.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
        return new SizeHistogram(Math.min(min, other.min), Math.max(max, other.max), sum);
    }

    /** Empty if there is no record. */
    public Optional<Sizes> sizes() {
        return buckets.isEmpty() ? Optional.empty() : Optional.of(new Sizes(min, quantile(0.5), quantile(0.99), max));
    }

    public long count() {
        return buckets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The greatest size that the bucket holds in which the record stands that is the first of {@code share} of all. */
    private long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count()));
        long passed = 0;
        for (var bucket : new TreeMap<>(buckets).entrySet()) {
            passed += bucket.getValue();
            if (passed >= rank) {
                return Math.clamp(greatest(bucket.getKey()), min, max);
            }
        }
        return max;
    }

    static int bucket(long size) {
        int doublings = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(size) - 1 - STEP_BITS);
        return doublings * STEPS + (int) (size >> doublings);
    }

    private static long greatest(int bucket) {
        int doublings = Math.max(0, bucket / STEPS - 1);
        long steps = bucket - (long) doublings * STEPS;
        return ((steps + 1) << doublings) - 1;
    }
}
