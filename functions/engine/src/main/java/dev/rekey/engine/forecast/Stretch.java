package dev.rekey.engine.forecast;

import dev.rekey.core.plan.Limits;
import java.util.List;
import java.util.Optional;

/**
 * One Distributed Map.
 *
 * @param bound what decides how long it takes
 * @param atSegments the work at segments; empty if it is the matching of a join's partitions
 */
record Stretch(Effort effort, Bound bound, Optional<AtSegments> atSegments) {
    /** @param workers how many do it at once */
    record AtSegments(Work work, double workers) {}

    /** What a phase may wait for. */
    enum Bound {
        STEPS,
        WORKERS,
        TABLES,
        NEW_TABLES,
        READ_LIMIT,
        WRITE_LIMIT;

        String words(Limits limits) {
            return switch (this) {
                case STEPS -> "the workflow's own steps";
                case WORKERS -> "the number of workers";
                case TABLES -> "the capacity of a table";
                case NEW_TABLES -> "the capacity of a new on-demand table";
                case READ_LIMIT -> "readUnitsPerSecond " + number(limits.readUnitsPerSecond()) + " of the plan";
                case WRITE_LIMIT -> "writeUnitsPerSecond " + number(limits.writeUnitsPerSecond()) + " of the plan";
            };
        }

        private static String number(Optional<Integer> limit) {
            return limit.map(String::valueOf).orElse("");
        }
    }

    private static final double MAP_SECONDS = 1;
    private static final double SEGMENT_SECONDS = 0.3;
    private static final double INVOCATION_SECONDS = 60;
    /** A child of a Distributed Map: its task, its choice, its end. */
    private static final double STATES = 3;

    private static final double STATES_OF_ANOTHER_INVOCATION = 2;
    /** Of a partition's object, of which many are read at once. */
    private static final double OBJECT_SECONDS = 0.002;

    static Stretch of(Work work, List<Load> loads, int partitions, int workers, Limits limits) {
        double segments = 0;
        double invocations = 0;
        double seconds = 0;
        double longest = 0;
        double tables = 0;
        double reads = 0;
        double writes = 0;
        double checkpoints = 0;
        double objects = 0;
        double looks = 0;
        for (var load : loads) {
            double own = work.segments(load);
            double each = SEGMENT_SECONDS + work.seconds(load) / own;
            segments += own;
            invocations += own * Math.ceil(each / INVOCATION_SECONDS);
            seconds += own * each;
            longest = Math.max(longest, each);
            tables = Math.max(tables, tableSeconds(work, load));
            reads += work.readUnits(load);
            writes += work.writeUnits(load);
            looks += work.looks(load);
            checkpoints += own + work.pages(load);
            objects += work.objects(load, partitions);
        }
        var wait = new Wait(Bound.WORKERS, Math.max(longest, seconds / workers))
                .or(loads.stream().allMatch(Load::isCapacityKnown) ? Bound.TABLES : Bound.NEW_TABLES, tables)
                .or(Bound.READ_LIMIT, seconds(reads, limits.readUnitsPerSecond()))
                .or(Bound.WRITE_LIMIT, seconds(writes, limits.writeUnitsPerSecond()));
        var effort = new Effort(
                checkpoints + objects,
                looks,
                segments * STATES + (invocations - segments) * STATES_OF_ANOTHER_INVOCATION + 1,
                invocations,
                seconds,
                MAP_SECONDS + wait.seconds());
        return new Stretch(
                effort,
                wait.seconds() > MAP_SECONDS ? wait.bound() : Bound.STEPS,
                Optional.of(new AtSegments(work, Math.min(segments, workers))));
    }

    /** @param pages whose objects are read */
    static Stretch matching(int partitions, double pages, int workers) {
        double each = SEGMENT_SECONDS + pages * OBJECT_SECONDS;
        var effort = new Effort(
                2.0 * partitions,
                partitions * (1 + pages),
                partitions * STATES + 1,
                partitions,
                partitions * each,
                MAP_SECONDS + Math.max(each, partitions * each / workers));
        return new Stretch(effort, each > MAP_SECONDS ? Bound.WORKERS : Bound.STEPS, Optional.empty());
    }

    private static double tableSeconds(Work work, Load load) {
        return Math.max(
                work.readUnits(load) / load.readsPerSecond(work.readsTarget()),
                work.writeUnits(load) / load.writesPerSecond());
    }

    private static double seconds(double units, Optional<Integer> perSecond) {
        return perSecond.map(limit -> units / limit).orElse(0.0);
    }

    /** The longest of several waits. */
    private record Wait(Bound bound, double seconds) {
        Wait or(Bound other, double otherSeconds) {
            return otherSeconds > seconds ? new Wait(other, otherSeconds) : this;
        }
    }
}
