package dev.rekey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** Records a second of everything that is measured in turn, a value for each round that counts. */
final class Rates {
    private static final List<Integer> SEGMENTS_TRIED = List.of(2, 4, 8, 16);
    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    Rates(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The first round warms everything up and is not counted. */
    void counted(int rounds, Runnable round) {
        round.run();
        rates.clear();
        for (int i = 0; i < rounds; i++) {
            round.run();
        }
    }

    /** How long {@code work} takes. */
    Duration time(Runnable work) {
        long from = nanos.getAsLong();
        work.run();
        return Duration.ofNanos(nanos.getAsLong() - from);
    }

    /** With how many segments {@code work} takes least; it is given the number and says how long it took. */
    int fastest(IntFunction<Duration> work) {
        int best = 0;
        var least = Duration.ofSeconds(Long.MAX_VALUE);
        for (int segments : SEGMENTS_TRIED) {
            var taken = work.apply(segments);
            if (taken.compareTo(least) < 0) {
                least = taken;
                best = segments;
            }
        }
        return best;
    }

    void add(String name, long records, Duration taken) {
        rates.computeIfAbsent(name, _ -> new ArrayList<>()).add(records / (taken.toNanos() / NANOS));
    }

    /** Of the rounds that count, in their order. */
    List<Double> of(String name) {
        return rates.get(name);
    }
}
