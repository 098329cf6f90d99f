package dev.rekey.engine.proof;

import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The way from a worker to the stores: requests take time, are lost, refused or answered to nobody, and the worker may
 * die or stand still at any of them.
 */
final class Line {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(6);

    /**
     * A write that was sent arrives before this: its time-out is {@link dev.rekey.engine.store.Invocation#GRACE}. Whoever looks
     * at the clock and then stands still for longer before sending cannot be stopped by anybody.
     */
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(19);

    private final Scheduler scheduler;
    private final Chances chances;
    private final Worker worker;
    private final Trace trace;

    Line(Scheduler scheduler, Chances chances, Worker worker, Trace trace) {
        this.scheduler = scheduler;
        this.chances = chances;
        this.worker = worker;
        this.trace = trace;
    }

    Chances chances() {
        return chances;
    }

    Worker worker() {
        return worker;
    }

    long now() {
        return scheduler.nowMillis();
    }

    /** A request to the bucket, or one that reads: the worker may stand still before it for any time. */
    <T> T request(String name, String on, Supplier<T> effect) {
        return request(name, on, LONGEST_PAUSE, effect);
    }

    /** A request that writes to a table. */
    <T> T write(String name, String on, Supplier<T> effect) {
        return request(name, on, LONGEST_SENDING, effect);
    }

    private <T> T request(String name, String on, Duration longestPause, Supplier<T> effect) {
        requireAlive();
        scheduler.sleep(delay(longestPause));
        if (worker.isDead()) {
            // It was on its way already, perhaps.
            if (chances.happens(0.5)) {
                trace.note(now(), name, on, "orphaned");
                var _ = effect.get();
            }
            throw new Worker.Crash();
        }
        maybeDie();
        if (chances.throttles(now())) {
            trace.note(now(), name, on, "throttled");
            throw new StoreException(StoreException.Kind.THROTTLED, "slow down");
        }
        boolean lost = chances.losesAnswer(now());
        if (lost && chances.happens(0.5)) {
            trace.note(now(), name, on, "not done");
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the connection was reset");
        }
        trace.note(now(), name, on, lost ? "answer lost" : "done");
        var answer = effect.get();
        scheduler.sleep(delay(LONGEST_PAUSE));
        requireAlive();
        maybeDie();
        if (lost) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the connection was reset");
        }
        return answer;
    }

    private Duration delay(Duration longestPause) {
        if (chances.pauses(now())) {
            worker.clockIsOffBy(chances.random().nextLong(-Worker.MOST_OFF_MILLIS, Worker.MOST_OFF_MILLIS));
            return chances.upTo(longestPause);
        }
        return chances.latency();
    }

    private void maybeDie() {
        if (chances.crashes(now())) {
            trace.note(now(), "crash", "", "");
            worker.die();
            throw new Worker.Crash();
        }
    }

    private void requireAlive() {
        if (worker.isDead()) {
            throw new Worker.Crash();
        }
    }
}
