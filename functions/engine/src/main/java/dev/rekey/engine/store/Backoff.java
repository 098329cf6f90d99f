package dev.rekey.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries a request again while the store asks to slow down or does not answer, with exponentially growing pauses and full
 * jitter (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
 */
public final class Backoff {
    private static final long BASE_MILLIS = 25;
    private static final long CAP_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 8;

    private final Time time;
    private final RandomGenerator random;
    private final Instant giveUpAt;

    /** @param giveUpAt no request is tried again after this */
    public Backoff(Time time, RandomGenerator random, Instant giveUpAt) {
        this.time = time;
        this.random = random;
        this.giveUpAt = giveUpAt;
    }

    /**
     * The result of {@code request}, which may be made several times.
     *
     * @throws StoreException what the last try threw
     */
    public <T> T retry(Supplier<T> request) {
        for (int failures = 0; ; failures++) {
            try {
                return request.get();
            } catch (StoreException e) {
                if (!worthAnotherTry(e) || !pause(failures)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Waits before another try.
     *
     * @param failures how many tries failed before, from 0
     * @return false, without waiting, if there is no time for another try
     */
    public boolean pause(int failures) {
        long ceiling = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(failures, MOST_DOUBLINGS));
        var wait = Duration.ofMillis(1 + random.nextLong(ceiling));
        if (time.instant().plus(wait).isAfter(giveUpAt)) {
            return false;
        }
        time.sleep(wait);
        return true;
    }

    private static boolean worthAnotherTry(StoreException e) {
        return switch (e.kind()) {
            case THROTTLED, UNAVAILABLE -> true;
            case DENIED, MISSING, INVALID -> false;
        };
    }
}
