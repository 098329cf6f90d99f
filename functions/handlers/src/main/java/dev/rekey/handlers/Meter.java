package dev.rekey.handlers;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** What one invocation has read and written so far. For several threads at once. */
final class Meter {
    private final Map<String, DoubleAdder> sums = new ConcurrentHashMap<>();

    void read(int records, double units) {
        add("RecordsRead", records);
        add("ReadUnits", units);
    }

    void written(int records, double units) {
        add("RecordsWritten", records);
        add("WriteUnits", units);
    }

    /** The invocation failed. */
    void failed() {
        add("Errors", 1);
    }

    /** A request that the store did not take, or not wholly, because it came too fast. */
    void throttled() {
        add("Throttled", 1);
    }

    /** Everything that is not zero, by the metric's name; begins anew. */
    Map<String, Double> drain() {
        var drained = new TreeMap<String, Double>();
        sums.forEach((name, sum) -> {
            double value = sum.sumThenReset();
            if (value != 0) {
                drained.put(name, value);
            }
        });
        return drained;
    }

    private void add(String name, double value) {
        sums.computeIfAbsent(name, _ -> new DoubleAdder()).add(value);
    }
}
