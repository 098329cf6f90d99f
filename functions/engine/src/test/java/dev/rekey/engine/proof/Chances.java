package dev.rekey.engine.proof;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a seed makes of a simulation: how often which fault happens, and when it does. */
final class Chances {
    /** After this everything works, so that every simulation comes to an end. */
    private static final Duration HEALED = Duration.ofMinutes(20);

    private static final Duration SERIES_HEALED = Duration.ofHours(1);

    private final Random random;
    private final double crash;
    private final double lost;
    private final double throttled;
    private final double unprocessed;
    private final double pause;
    private final int latencyMillis;
    private final Shape shape;
    private long healedMillis;

    /**
     * What a simulation is like from its beginning.
     *
     * @param pageLimit records of a page
     * @param manySegments whether tables are cut into segments
     * @param emptyPages whether scans give pages without records
     * @param invocation length of an invocation
     * @param atOnce children of a Map at once
     * @param strangersChanges how many records somebody else changes
     * @param twoMigrations whether two migrations race for the target
     * @param sourceChanges how many times an application writes to the source
     * @param onDrift what the plan says of it; empty if nothing
     * @param furtherMigrations how many times at most the operator migrates again what has migrated
     * @param pauses how many times an operator pauses a run
     * @param limits how many times an operator changes what a run may consume
     * @param testsFirst whether the operator tests with one record before
     * @param inUse whether the plan says that the target is in use
     * @param series whether many runs of the plan follow each other
     * @param undoings how many times at most the operator verifies or rolls back what has migrated
     * @param rests how many times nobody looks after the runs for days
     */
    record Shape(
            int pageLimit,
            boolean manySegments,
            boolean emptyPages,
            Duration invocation,
            int atOnce,
            int strangersChanges,
            boolean twoMigrations,
            int sourceChanges,
            Optional<String> onDrift,
            int furtherMigrations,
            int pauses,
            int limits,
            boolean testsFirst,
            boolean inUse,
            boolean series,
            int undoings,
            int rests) {
        /** Of a series of runs: as often as many of them need it. */
        private Shape ofSeries(Random random) {
            return new Shape(
                    pageLimit,
                    manySegments,
                    emptyPages,
                    invocation,
                    atOnce,
                    strangersChanges * 3,
                    false,
                    sourceChanges * 2,
                    onDrift,
                    2 + random.nextInt(4),
                    Math.min(1, pauses),
                    Math.min(1, limits),
                    testsFirst,
                    inUse,
                    true,
                    1 + random.nextInt(4),
                    random.nextInt(3));
        }
    }

    private static final long SLOWEST_PAGE_MILLIS = 5_000;

    private Chances(long seed, boolean series) {
        random = new Random(seed);
        healedMillis = (series ? SERIES_HEALED : HEALED).toMillis();
        crash = oneOf(0, 0.002, 0.01);
        lost = oneOf(0, 0.01, 0.05);
        throttled = oneOf(0, 0.02, 0.2);
        unprocessed = oneOf(0, 0.05, 0.3);
        pause = oneOf(0, 0.002, 0.01);
        latencyMillis = 1 + random.nextInt(200);
        var one = new Shape(
                1 + random.nextInt(4),
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                // Never so short that a page does not fit in, at the slowest pace: a unit a second.
                Duration.ofMillis(SLOWEST_PAGE_MILLIS
                        + 60L * latencyMillis
                        + random.nextInt(random.nextBoolean() ? 3_000 : 60_000)),
                1 + random.nextInt(4),
                random.nextBoolean() ? 0 : 1 + random.nextInt(4),
                random.nextInt(4) == 0,
                random.nextInt(5) < 2 ? 0 : 1 + random.nextInt(20),
                List.of(Optional.<String>empty(), Optional.of("fail"), Optional.of("report"))
                        .get(random.nextInt(3)),
                Math.max(0, random.nextInt(5) - 2),
                Math.max(0, random.nextInt(6) - 3),
                Math.max(0, random.nextInt(6) - 3),
                random.nextInt(6) == 0,
                random.nextInt(3) == 0,
                false,
                1,
                0);
        shape = series ? one.ofSeries(random) : one;
    }

    /** Of one migration, or two, and a few more. */
    static Chances ofMigration(long seed) {
        return new Chances(seed, false);
    }

    /** Of many runs of one plan, rolled back whole and in parts between them, and left alone for days. */
    static Chances ofSeries(long seed) {
        return new Chances(seed, true);
    }

    /** Nothing but time passes: as many faults are to come as before. */
    void rested(Duration rest) {
        healedMillis += rest.toMillis();
    }

    private double oneOf(double... values) {
        return values[random.nextInt(values.length)];
    }

    Shape shape() {
        return shape;
    }

    Random random() {
        return random;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    boolean healed(long nowMillis) {
        return nowMillis > healedMillis;
    }

    boolean crashes(long nowMillis) {
        return !healed(nowMillis) && happens(crash);
    }

    boolean losesAnswer(long nowMillis) {
        return !healed(nowMillis) && happens(lost);
    }

    boolean throttles(long nowMillis) {
        return !healed(nowMillis) && happens(throttled);
    }

    boolean leavesUnprocessed(long nowMillis) {
        return !healed(nowMillis) && happens(unprocessed);
    }

    boolean pauses(long nowMillis) {
        return !healed(nowMillis) && happens(pause);
    }

    Duration latency() {
        return Duration.ofMillis(random.nextInt(latencyMillis));
    }

    /** Up to {@code most}, short ones more often than long ones. */
    Duration upTo(Duration most) {
        double part = random.nextDouble();
        return Duration.ofMillis((long) (most.toMillis() * part * part));
    }
}
