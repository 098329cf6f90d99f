package dev.rekey.engine.segment;

import dev.rekey.engine.store.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests of one direction to one side. For several threads at once; nothing is locked while somebody waits, and
 * there is no wait before a limit is set or the table refuses.
 */
final class RateLimiter {
    private static final Duration LONGEST_NAP = Duration.ofMillis(500);
    private static final Duration SHORTEST_NAP = Duration.ofMillis(1);
    private static final double SECONDS_OF_DEBT = 1;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final int MOST_DOUBLINGS = 6;

    private final Invocation invocation;
    /** Of the run; shared with other limiters. */
    private final UnitsAccount allowance;
    /** Guards everything that is not an adder; shared with other limiters. */
    private final Object lock;

    private final Runnable beforeNap;
    private final Rate rate = new Rate();
    private final UnitsAccount account;
    private final Instant begun;
    private final DoubleAdder spent = new DoubleAdder();
    private final LongAdder records = new LongAdder();
    private volatile boolean free = true;
    private volatile boolean ranOutOfTime;
    private Instant closedUntil = Instant.MIN;
    private Instant lastRefusal = Instant.MIN;
    private int refusals;
    private int waiting;

    /** @param beforeNap is done by whoever is about to wait, without the lock */
    RateLimiter(Invocation invocation, UnitsAccount allowance, Object lock, Runnable beforeNap) {
        this.beforeNap = beforeNap;
        this.invocation = invocation;
        this.allowance = allowance;
        this.lock = lock;
        this.begun = invocation.time().instant();
        this.account = new UnitsAccount(begun);
    }

    /** Whether nothing limits this limiter, so that costs need not be reckoned. */
    boolean isFree() {
        return free;
    }

    boolean ranOutOfTime() {
        return ranOutOfTime;
    }

    /** To be called whenever the allowance has changed. */
    void lookAgain() {
        free = rate.isInfinite() && allowance.isUnlimited();
    }

    /** Infinite until the table refuses. */
    double rate() {
        synchronized (lock) {
            return rate.perSecond();
        }
    }

    void resume(double found) {
        synchronized (lock) {
            paceAnew(() -> rate.resume(found, invocation.time().instant()));
        }
    }

    /** What a record costs on average; 0 if nothing is known yet. */
    double unitsPerRecord() {
        long count = records.sum();
        return count == 0 ? 0 : spent.sum() / count;
    }

    /** What all requests of this invocation cost, in units. */
    double consumed() {
        return spent.sum();
    }

    /** What {@code count} records will cost. */
    double estimate(int count) {
        double known = unitsPerRecord();
        return count * (known == 0 ? 1 : known);
    }

    /** How many of {@code count} records to ask for in one request, at least 1. */
    int slice(int count) {
        if (free) {
            return count;
        }
        double units;
        synchronized (lock) {
            units = unitsAtOnce();
        }
        return Math.clamp((long) (units / estimate(1)), 1, count);
    }

    /** What one request should cost at most, in units. */
    double unitsAtOnce() {
        synchronized (lock) {
            return Math.min(account.mostSaved(), allowance.mostSaved());
        }
    }

    /**
     * Waits until a request of {@code units} may be made.
     *
     * @param mayOverdraw whether to go on at once, owing the units to later requests, rather than not in this invocation
     * @return false, with nothing spent, if the invocation ends before
     */
    boolean admit(double units, boolean mayOverdraw) {
        if (free) {
            return true;
        }
        for (int naps = 0; ; naps++) {
            Duration nap;
            synchronized (lock) {
                var now = invocation.time().instant();
                // What has waited may have come to the end of the invocation; what has not, the caller answers for.
                boolean over = naps > 0 && invocation.isOver();
                var wait = wait(units, now);
                boolean tooLong = now.plus(wait).isAfter(invocation.end());
                if (!over && (wait.isZero() || (tooLong && mayOverdraw && isOpen(now)))) {
                    spend(units);
                    waiting -= naps > 0 ? 1 : 0;
                    return true;
                }
                if (over || !now.isBefore(invocation.end())) {
                    waiting -= naps > 0 ? 1 : 0;
                    ranOutOfTime = true;
                    return false;
                }
                waiting += naps == 0 ? 1 : 0;
                nap = nap(wait, now);
            }
            beforeNap.run();
            invocation.time().sleep(nap);
        }
    }

    /**
     * Whether the invocation's time is up, so that nothing may be begun any more that has to be over when the lease runs out. Nobody
     * is kept from the one request that it makes while nothing limits this limiter.
     */
    boolean isTooLate() {
        boolean tooLate = !free && invocation.isOver();
        if (tooLate) {
            ranOutOfTime = true;
        }
        return tooLate;
    }

    /** Counts a request that must not wait. */
    void charge(double units) {
        if (!free) {
            synchronized (lock) {
                spend(units);
            }
        }
    }

    /**
     * What became of a request.
     *
     * @param estimated what it was admitted for
     * @param consumed what it cost, in units
     * @param count how many records it read or wrote
     * @param refused whether the table asked to slow down, be it for a part of the request only
     */
    void answered(double estimated, double consumed, int count, boolean refused) {
        spent.add(consumed);
        records.add(count);
        if (free && !refused) {
            return;
        }
        synchronized (lock) {
            var now = invocation.time().instant();
            if (refused) {
                // To the limit only what was consumed counts; to the rate, what was tried.
                allowance.spend(consumed - estimated);
                refused(now);
            } else {
                spend(consumed - estimated);
                boolean limited = account.balance(now) <= 0;
                refusals = 0;
                paceAnew(() -> {
                    if (limited) {
                        rate.accepted(now);
                    }
                });
            }
        }
    }

    /** Everybody in the limiter stops for a moment, full jitter: the table's own traffic comes first. */
    private void refused(Instant now) {
        if (now.isBefore(lastRefusal.plus(Rate.WINDOW)) && refusals > 0) {
            return;
        }
        lastRefusal = now;
        long ceiling = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(refusals, MOST_DOUBLINGS));
        refusals++;
        closedUntil = now.plusMillis(1 + invocation.random().nextLong(ceiling));
        double seconds = Math.max(1, Duration.between(begun, now).toNanos() / 1e9);
        paceAnew(() -> rate.refused(now, spent.sum() / seconds));
    }

    private void paceAnew(Runnable change) {
        change.run();
        account.pace(rate.perSecond(), invocation.time().instant());
        lookAgain();
    }

    private Duration wait(double units, Instant now) {
        var wait = account.until(0, now);
        var other = allowance.until(units, now);
        var longer = wait.compareTo(other) < 0 ? other : wait;
        var closed = isOpen(now) ? Duration.ZERO : Duration.between(now, closedUntil);
        return longer.compareTo(closed) < 0 ? closed : longer;
    }

    private boolean isOpen(Instant now) {
        return !now.isBefore(closedUntil);
    }

    private void spend(double units) {
        allowance.spend(units);
        // A large record must not keep us from trying for long: the table itself says whether it was too much.
        account.spend(Math.min(units, account.isUnlimited() ? 0 : rate.perSecond() * SECONDS_OF_DEBT));
    }

    /** Not all of those who wait are to wake at once. */
    private Duration nap(Duration wait, Instant now) {
        long spread = (long) (invocation.random().nextDouble() * Math.min(waiting, 16) * wait.toNanos() / 4);
        var nap = wait.plusNanos(waiting > 1 ? spread : 0);
        var left = Duration.between(now, invocation.end());
        nap = nap.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : nap;
        nap = nap.compareTo(left) > 0 ? left : nap;
        return nap.compareTo(SHORTEST_NAP) < 0 ? SHORTEST_NAP : nap;
    }
}
