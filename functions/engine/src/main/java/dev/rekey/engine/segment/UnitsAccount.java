package dev.rekey.engine.segment;

import java.time.Duration;
import java.time.Instant;

/**
 * Capacity units that come in at a steady rate and are spent. At most half a second's worth is saved up, or one unit if
 * that is more; what was spent without being there is owed.
 */
final class UnitsAccount {
    private static final double SAVED_SECONDS = 0.5;
    private static final double LEAST_SAVED = 1;
    /** Sums of fractions are off by so much. */
    private static final double TOLERANCE = 1e-6;

    private static final double NANOS = 1e9;

    private double perSecond = Double.POSITIVE_INFINITY;
    private double balance;
    private Instant at;

    UnitsAccount(Instant at) {
        this.at = at;
    }

    /** Begins with a debt. */
    void owe(double units) {
        balance = -units;
    }

    boolean isUnlimited() {
        return Double.isInfinite(perSecond);
    }

    /** @param perSecond units, more than 0; infinite for no limit */
    void pace(double perSecond, Instant now) {
        if (this.perSecond != perSecond) {
            refill(now);
            this.perSecond = perSecond;
            balance = Math.min(balance, mostSaved());
        }
    }

    /** The most units that one request should cost. */
    double mostSaved() {
        return Math.max(LEAST_SAVED, perSecond * SAVED_SECONDS);
    }

    /** How long until {@code units} are there, or as many as can be saved up. */
    Duration until(double units, Instant now) {
        refill(now);
        double missing = isUnlimited() ? 0 : Math.min(units, mostSaved()) - balance;
        return missing <= TOLERANCE ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS));
    }

    void spend(double units) {
        balance -= isUnlimited() ? 0 : units;
    }

    /** In units; negative if so much is owed. */
    double balance(Instant now) {
        refill(now);
        return balance;
    }

    private void refill(Instant now) {
        if (now.isAfter(at)) {
            if (!isUnlimited()) {
                double seconds = Duration.between(at, now).toNanos() / NANOS;
                balance = Math.min(mostSaved(), balance + perSecond * seconds);
            }
            at = now;
        }
    }
}
