package dev.rekey.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
     * What {@code attempt} answers, which is made again after a pause as long as it answers nothing.
     *
     * @param gaveUp what to throw if there is no time for another try
     */
    public <T> T until(Supplier<Optional<T>> attempt, Supplier<StoreException> gaveUp) {
        for (int failures = 0; ; failures++) {
            var answer = attempt.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (!pause(failures)) {
                throw gaveUp.get();
            }
        }
    }

    /**
     * Makes {@code request} until it leaves nothing. One that did a part of its work begins with short pauses again.
     *
     * @param request is given what is left, and answers what it leaves
     * @param gaveUp what to throw if there is no time for another try
     */
    public <T> void untilNoneLeft(List<T> all, UnaryOperator<List<T>> request, Supplier<StoreException> gaveUp) {
        var left = all;
        for (int failures = 0; !left.isEmpty(); failures++) {
            var after = request.apply(left);
            failures = after.size() < left.size() ? 0 : failures;
            left = after;
            if (!left.isEmpty() && !pause(failures)) {
                throw gaveUp.get();
            }
        }
    }

    /**
     * What {@code attempt} answers, which is made again at once as long as it answers nothing: its condition was lost to
     * somebody else, whose work it finds the next time. So one of those that try always gets on.
     */
    public static <T> T untilWon(Supplier<Optional<T>> attempt) {
        while (true) {
            var answer = attempt.get();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    /**
     * Waits before another try.
     *
     * @param failures how many tries failed before, from 0
     * @return false, without waiting, if there is no time for another try
     */
    private boolean pause(int failures) {
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
