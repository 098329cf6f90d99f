package dev.rekey.engine.forecast;

import java.util.function.ToDoubleFunction;

/**
 * What is done to every segment, and how fast one worker is at it. The speeds are those of a function with about one
 * processor; they are an assumption, since nobody knows the records.
 */
enum Work {
    ANALYZE(8_000, Load::scanUnits, load -> 0),
    COPY(1_500, Load::copyReadUnits, Load::writeUnits),
    VERIFY(3_000, Load::verifyReadUnits, load -> 0);

    private final double recordsPerSecond;
    private final ToDoubleFunction<Load> reads;
    private final ToDoubleFunction<Load> writes;

    Work(double recordsPerSecond, ToDoubleFunction<Load> reads, ToDoubleFunction<Load> writes) {
        this.recordsPerSecond = recordsPerSecond;
        this.reads = reads;
        this.writes = writes;
    }

    /** Of one worker with all of it. */
    double seconds(Load load) {
        return load.records() / recordsPerSecond;
    }

    double readUnits(Load load) {
        return reads.applyAsDouble(load);
    }

    double writeUnits(Load load) {
        return writes.applyAsDouble(load);
    }

    /** Segments that children of the Distributed Map work on. */
    double segments(Load load) {
        return switch (this) {
            case ANALYZE, COPY -> load.shape().segments();
            case VERIFY -> load.shape().segments() + (double) load.shape().targetSegments();
        };
    }

    /** Pages, each of which has a checkpoint. */
    double pages(Load load) {
        return switch (this) {
            case ANALYZE, COPY -> load.pages();
            case VERIFY -> load.pages() + load.targetPages();
        };
    }

    /** Objects that are written for these pages beside the checkpoints. */
    double objects(Load load, int partitions) {
        return switch (this) {
            case ANALYZE, VERIFY -> pages(load) * Math.min(partitions, Math.max(1, load.records() / load.pages()));
            case COPY -> pages(load);
        };
    }
}
