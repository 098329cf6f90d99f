package dev.rekey.engine.segment;

import java.time.Duration;
import java.time.Instant;

/**
 * The rate that a table bears, found by trying: halved when it refuses, raised in steps while it does not. Below the
 * rate at which it last refused the steps are equal; above it the table has more to give than it had then, and every
 * step is twice the one before. Infinite until the first refusal.
 */
final class Rate {
    /** No more than one change of a kind in this time, so that the effect of one is seen before the next. */
    static final Duration WINDOW = Duration.ofMillis(500);

    /** Never slower than this, in units per second: a refusal must not end the trying. */
    static final double FLOOR = 1;

    private static final double DECREASE = 0.5;
    private static final double STEP = 0.08;
    private static final double LEAST_STEP = 0.5;
    private static final double BEYOND = 1.1;

    private double perSecond = Double.POSITIVE_INFINITY;
    private double ceiling;
    private double step;
    private Instant lowered = Instant.MIN;
    private Instant raised = Instant.MIN;

    /** Units per second. */
    double perSecond() {
        return perSecond;
    }

    boolean isInfinite() {
        return Double.isInfinite(perSecond);
    }

    /** Goes on with a rate that was found earlier. */
    void resume(double found, Instant now) {
        limit(found, found, now);
    }

    /** @param measured units per second that the table took lately; of use at the first refusal */
    void refused(Instant now, double measured) {
        if (isInfinite()) {
            limit(measured, measured * DECREASE, now);
        } else if (hasPassed(lowered, now)) {
            limit(perSecond, perSecond * DECREASE, now);
        }
    }

    /** A request was not refused although the table was given as much as the rate allows. */
    void accepted(Instant now) {
        if (!isInfinite() && hasPassed(lowered, now) && hasPassed(raised, now)) {
            perSecond += step;
            raised = now;
            if (perSecond > ceiling * BEYOND) {
                step *= 2;
            }
        }
    }

    private void limit(double refusedAt, double newRate, Instant now) {
        ceiling = Math.max(FLOOR, refusedAt);
        step = Math.max(LEAST_STEP, ceiling * STEP);
        perSecond = Math.max(FLOOR, newRate);
        lowered = now;
    }

    private static boolean hasPassed(Instant change, Instant now) {
        return !now.isBefore(change.plus(WINDOW));
    }
}
