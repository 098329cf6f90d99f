package dev.rekey.engine.status;

import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come: what every display of it shows.
 *
 * @param at when somebody looked
 * @param tables in order of level and name; empty where nothing is counted
 * @param throttle what holds the workers back
 */
public record RunProgress(Activity activity, Instant at, List<OfTable> tables, Pace pace, Throttle throttle) {
    /** Longer than any page takes that is not held back by limits. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** An unfinished run is not at 100 %, however wrong the estimates are. */
    private static final double MOST_UNFINISHED = 0.99;

    /**
     * How fast the run goes.
     *
     * @param perSecond records in the last seconds; empty if nothing was done yet
     * @param lastSign when a worker last saved what it had done, or the execution began that works now
     */
    public record Pace(Optional<Double> perSecond, Instant lastSign) {}

    /**
     * What holds the workers of a run back.
     *
     * @param paused since when; empty if the run is not paused
     * @param limits what all its workers together may consume
     * @param slowed how many segments go slower than they could, because of limits or because their tables refuse
     * @param retries how often a worker had to begin again
     * @param refused why the bucket accepts no writes; empty if it does, or the run gives signs of life
     */
    public record Throttle(
            Optional<Instant> paused, Limits limits, int slowed, int retries, Optional<String> refused) {}

    /**
     * Of one table.
     *
     * @param expected records: an estimate until the first stage that counted them has ended
     * @param records dealt with: copied, in a migration
     * @param verified of those that were copied; empty where that is not a part of the work
     */
    public record OfTable(
            int level, TableName table, long expected, long records, Optional<Long> verified, Segments segments) {
        public double share() {
            return isDone() ? 1 : RunProgress.share(work(), expectedWork());
        }

        public boolean isDone() {
            return segments.isDone();
        }

        public boolean isBegun() {
            return records > 0 || segments.copied > 0;
        }

        /** A record that is copied and then verified is two units of work. */
        private long work() {
            return records + verified.orElse(0L);
        }

        private long expectedWork() {
            return verified.isPresent() ? 2 * expected : expected;
        }
    }

    /**
     * How many segments of a table are through.
     *
     * @param copied or otherwise dealt with
     * @param verified as many as {@code copied} where nothing is verified
     */
    public record Segments(int copied, int verified, int all) {
        boolean isDone() {
            return Math.min(copied, verified) >= all;
        }

        boolean areCopied() {
            return copied >= all;
        }
    }

    /** The same, with what may be the cause of its silence. */
    RunProgress refused(Optional<String> why) {
        return new RunProgress(
                activity,
                at,
                tables,
                pace,
                new Throttle(throttle.paused, throttle.limits, throttle.slowed, throttle.retries, why));
    }

    public long records() {
        return tables.stream().mapToLong(OfTable::records).sum();
    }

    /** Of those that were copied; empty where nothing is verified on the way. */
    public Optional<Long> verified() {
        return tables.stream().flatMap(table -> table.verified().stream()).reduce(Long::sum);
    }

    public long expected() {
        return tables.stream().mapToLong(OfTable::expected).sum();
    }

    /** 0 to 1; 1 only if all tables are done. */
    public double share() {
        return tables.stream().allMatch(OfTable::isDone) && !tables.isEmpty() ? 1 : share(work(), expectedWork());
    }

    private static double share(long work, long expected) {
        return expected <= 0 ? 0 : Math.min(MOST_UNFINISHED, (double) work / expected);
    }

    /** Finished tables count as they are, whatever was expected of them. */
    private long work() {
        return tables.stream().mapToLong(OfTable::work).sum();
    }

    private long expectedWork() {
        return tables.stream()
                .mapToLong(table -> table.isDone() ? table.work() : Math.max(table.work(), table.expectedWork()))
                .sum();
    }

    /** How long nobody has saved anything. */
    public Duration silence() {
        var age = Duration.between(pace.lastSign, at);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Whether the run should have given a sign of life since. */
    boolean isStale() {
        return throttle.paused.isEmpty() && silence().compareTo(STALE) >= 0;
    }

    /** Records per second; empty if that is unknown, or nothing goes on. */
    public Optional<Double> rate() {
        return throttle.paused.isPresent() || isStale() ? Optional.empty() : pace.perSecond;
    }

    /** At the present rate; empty where there is none. */
    public Optional<Duration> left() {
        return rate().filter(rate -> rate >= 0.01 && share() < 1)
                .map(rate -> Duration.ofMillis((long) ((expectedWork() - work()) * 1000 / rate)));
    }

    /** The level that is worked on, counted from 1, and how many there are; empty where levels mean nothing. */
    public Optional<String> level() {
        int all = tables.stream().mapToInt(OfTable::level).max().orElse(0);
        return activity == Activity.READING || all < 2
                ? Optional.empty()
                : tables.stream()
                        .filter(table -> !table.isDone())
                        .map(OfTable::level)
                        .reduce(activity == Activity.UNDOING ? Integer::max : Integer::min)
                        .map(level -> "level " + level + " of " + all);
    }
}
