package dev.rekey.engine.segment;

import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.scan.Paced;
import dev.rekey.engine.store.Files;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The pace of one worker in one invocation. It goes as fast as the tables bear, and no faster than its share of the run's
 * limits. Without limits, and as long as no table refuses, it costs nothing and waits for nothing.
 */
public final class Pacing implements Paced {
    /** A page should be done in this time, or in a third of the invocation if that is less. */
    private static final Duration PAGE = Duration.ofSeconds(10);

    /** A page has so many times the records of the one before at most: what they cost is only a guess. */
    private static final int GROWTH = 4;

    private static final int MOST_RECORDS = 100_000;

    private final Invocation invocation;
    private final ActiveWorkers workers;
    private final Object lock = new Object();
    /** Held by whoever looks how many share the limits. */
    private final ReentrantLock looking = new ReentrantLock();

    private final UnitsAccount reads;
    private final UnitsAccount writes;
    private final RateLimiter sourceReads;
    private final RateLimiter targetReads;
    private final RateLimiter targetWrites;
    private final LongAdder fileReads = new LongAdder();
    private final double pageSeconds;
    private volatile int pageRecords;
    private double readShare = Double.POSITIVE_INFINITY;
    private double writeShare = Double.POSITIVE_INFINITY;
    private volatile Limits limits = Limits.NONE;

    /** @param workers whom the limits are shared with */
    public Pacing(Invocation invocation, ActiveWorkers workers) {
        this.invocation = invocation;
        this.workers = workers;
        var now = invocation.time().instant();
        this.reads = new UnitsAccount(now);
        this.writes = new UnitsAccount(now);
        this.sourceReads = new RateLimiter(invocation, reads, lock, this::lookWhileWaiting);
        this.targetReads = new RateLimiter(invocation, reads, lock, this::lookWhileWaiting);
        this.targetWrites = new RateLimiter(invocation, writes, lock, this::lookWhileWaiting);
        var third = Duration.between(now, invocation.end()).dividedBy(3);
        this.pageSeconds = (third.compareTo(PAGE) < 0 ? third : PAGE).toNanos() / 1e9;
    }

    /** The source's tables at this pace. */
    @Override
    public Tables source(Tables tables) {
        return new PacedTables(tables, this, sourceReads, targetWrites);
    }

    /** Of files only the requests count: limits are those of tables. */
    @Override
    public Files source(Files files) {
        return new CountedFiles(files, fileReads);
    }

    /** The target's tables at this pace. */
    public Tables target(Tables tables) {
        return new PacedTables(tables, this, targetReads, targetWrites);
    }

    /** Goes on where the invocation before stopped. */
    public void resume(Optional<PaceState> carried) {
        carried.ifPresent(before -> {
            reads.owe(before.readUnitsOwed());
            writes.owe(before.writeUnitsOwed());
            before.sourceReads().ifPresent(sourceReads::resume);
            before.targetReads().ifPresent(targetReads::resume);
            before.targetWrites().ifPresent(targetWrites::resume);
            pageRecords = before.pageRecords();
        });
    }

    /** Begins a page, within {@code newLimits} of all workers together. */
    public void within(Limits newLimits) {
        limits = newLimits;
        looking.lock();
        try {
            share();
        } finally {
            looking.unlock();
        }
        pageRecords = nextPage();
    }

    /**
     * To be called by whoever waits: others may have ended since the page began, and what they were allowed is not to be lost
     * until it ends. One looks; nobody waits for that.
     */
    private void lookWhileWaiting() {
        if (!limits.equals(Limits.NONE) && looking.tryLock()) {
            try {
                if (workers.isOutdated(invocation.time().instant())) {
                    share();
                }
            } finally {
                looking.unlock();
            }
        }
    }

    private void share() {
        int sharers = limits.equals(Limits.NONE)
                ? 1
                : workers.workers(invocation.time().instant());
        synchronized (lock) {
            var now = invocation.time().instant();
            readShare = share(limits.readUnitsPerSecond(), sharers);
            writeShare = share(limits.writeUnitsPerSecond(), sharers);
            reads.pace(readShare, now);
            writes.pace(writeShare, now);
            limiters().forEach(RateLimiter::lookAgain);
        }
    }

    /** The segment is at its end: those who still work share its part of the limits. */
    public void finished(Stage stage, TableName table, Segment segment) {
        if (!limits.equals(Limits.NONE)) {
            workers.finished(stage, table, segment);
        }
    }

    /** What the next invocation has to know; empty if nothing slows this one down. */
    public Optional<PaceState> carried() {
        if (isFree()) {
            return Optional.empty();
        }
        synchronized (lock) {
            var now = invocation.time().instant();
            return Optional.of(new PaceState(
                    owed(reads, now),
                    owed(writes, now),
                    found(sourceReads),
                    found(targetReads),
                    found(targetWrites),
                    limiters().anyMatch(RateLimiter::ranOutOfTime) ? smallerPage() : pageRecords));
        }
    }

    /** What this invocation consumed of its tables until now. */
    public Consumed consumed() {
        return new Consumed(
                sourceReads.consumed() + targetReads.consumed(), targetWrites.consumed(), fileReads.sum(), 0);
    }

    /** How many records the page should have that is being done; 0 for as many as there are. */
    public int pageRecords() {
        return pageRecords;
    }

    private boolean isFree() {
        return limiters().allMatch(RateLimiter::isFree);
    }

    private Stream<RateLimiter> limiters() {
        return Stream.of(sourceReads, targetReads, targetWrites);
    }

    private static double share(Optional<Integer> limit, int workers) {
        return limit.map(units -> (double) units / workers).orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * A page that is not done when the invocation's time is up is begun again in the next one: it must be small enough to be done.
     * Where nothing is known of its records yet, it begins with one, and grows: what is limited may be what this stage does
     * not do.
     */
    private int nextPage() {
        if (isFree()) {
            return 0;
        }
        double seconds = Stream.of(sourceReads, targetReads)
                        .mapToDouble(limiter -> seconds(limiter, readShare))
                        .sum()
                + seconds(targetWrites, writeShare);
        if (seconds == 0 && pageRecords == 0) {
            return 1;
        }
        long fitting = (long) Math.min(MOST_RECORDS, pageSeconds / seconds);
        return (int) Math.clamp(fitting, 1, pageRecords == 0 ? MOST_RECORDS : (long) pageRecords * GROWTH);
    }

    private int smallerPage() {
        return Math.max(1, pageRecords == 0 ? nextPage() : pageRecords / 2);
    }

    /** How long one record takes in a limiter, on average. */
    private static double seconds(RateLimiter limiter, double share) {
        return limiter.unitsPerRecord() / Math.min(share, limiter.rate());
    }

    private static double owed(UnitsAccount account, Instant now) {
        return account.isUnlimited() ? 0 : Math.max(0, -account.balance(now));
    }

    private static Optional<Double> found(RateLimiter limiter) {
        double rate = limiter.rate();
        return Double.isInfinite(rate) ? Optional.empty() : Optional.of(rate);
    }
}
