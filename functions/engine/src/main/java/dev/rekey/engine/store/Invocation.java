package dev.rekey.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * One invocation of a function.
 *
 * @param owner names this invocation among all others, also among retries of the same work
 * @param end when to stop taking up new pages and return
 * @param liveness tells whether other invocations have ended
 */
public record Invocation(
        String owner, Instant end, Time time, Concurrency concurrency, RandomGenerator random, Liveness liveness) {
    /** A request begun before the end has come to its own end so much later: the longest time-out of one request. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    /** So many requests of one page are made at once: fewer than a client has connections. */
    public static final int REQUESTS_AT_ONCE = 24;

    /** Nothing is known of other invocations. */
    public Invocation(String owner, Instant end, Time time, Concurrency concurrency, RandomGenerator random) {
        this(owner, end, time, concurrency, random, Liveness.UNKNOWN);
    }

    /** When everything that this invocation begins is over. */
    public Instant deadline() {
        return end.plus(GRACE);
    }

    public boolean isOver() {
        return !time.instant().isBefore(end);
    }

    public Backoff backoff() {
        return new Backoff(time, random, end);
    }

    /**
     * For what must not be left undone, even if the invocation is over: as long as the lease keeps others from the segment. What
     * is asked for so late may take effect when the lease is over, so it must do no harm then.
     */
    public Backoff lastBackoff() {
        return new Backoff(time, random, deadline());
    }
}
