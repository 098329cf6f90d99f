package dev.rekey.core.item;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * When DynamoDB's time to live ends an item. From then on the item may vanish at any time, usually within two days, and
 * until then it is read like any other.
 *
 * @param at to the second
 */
public record Expiry(Instant at) {
    /**
     * DynamoDB deletes no item that expired longer ago, as a guard against wrong times.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html">Using
     *     time to live</a>
     */
    private static final Duration FIVE_YEARS = Duration.ofDays(5 * 365);

    private static final BigDecimal LATEST = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

    /** @param value of the table's attribute; anything but a number, in seconds since 1970, means never */
    static Optional<Expiry> of(AttributeValue value) {
        if (value.n() == null) {
            return Optional.empty();
        }
        var seconds = new BigDecimal(value.n());
        return seconds.signum() < 0 || seconds.compareTo(LATEST) > 0
                ? Optional.empty()
                : Optional.of(new Expiry(Instant.ofEpochSecond(seconds.longValue())));
    }

    /** Whether an item with this expiry may be deleted at {@code now}. */
    public boolean hasPassed(Instant now) {
        return !at.isAfter(now) && at.isAfter(now.minus(FIVE_YEARS));
    }
}
