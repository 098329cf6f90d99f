package dev.rekey.engine.verify;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Touched;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Says of one logged record that was to be changed in place whether it is as it must be, and if not, whether that is our
 * failure or somebody else's work.
 *
 * @param failsOnDrift whether what others changed in an attribute that we wrote is a failure
 * @param now an expired record may have vanished by now
 * @param decisive digest of what decides about a record, where it takes values of others; empty where it takes none
 */
record UpdateComparison(
        boolean failsOnDrift, Instant now, Optional<Function<Map<String, AttributeValue>, Digest>> decisive) {

    /** What to say of a record that is gone. */
    Verdict gone(LogEntry entry) {
        return entry.expires().filter(expiry -> expiry.hasPassed(now)).isPresent() ? Verdict.EXPIRED : Verdict.GONE;
    }

    /**
     * What to say of a record that is there; empty if there is nothing to say.
     *
     * @param mapped what the plan would do with it now
     */
    Optional<Verdict> of(LogEntry entry, Map<String, AttributeValue> record, InPlaceOutcome mapped) {
        boolean filtered = mapped instanceof MappingOutcome.FilteredOut || mapped instanceof MappingOutcome.MergedAway;
        if (mapped instanceof InPlaceOutcome.Nothing) {
            return Optional.of(isWrong(entry, record) ? Verdict.ALTERED : Verdict.MATCHED);
        }
        return switch (entry.operation()) {
            // It is left out for what we wrote, or since somebody changed what decides about it.
            case Operation.Update update
            when filtered && holdsAfter(update, record) ->
                Optional.of(update.hasRead(record) ? Verdict.MATCHED : Verdict.MOVED);
            case Operation.Update update -> Optional.of(changed(entry, update, record));
            // It did not hold still.
            case Operation.None _ -> filtered ? Optional.empty() : Optional.of(Verdict.LATE);
            case Operation.Create _, Operation.Replace _, Operation.Delete _ ->
                throw new IllegalStateException(
                        "a record that is changed in place is never created, replaced or deleted");
        };
    }

    /** Whether the record holds other values than were written, though nobody is to change it: the plan may allow both. */
    private boolean isWrong(LogEntry entry, Map<String, AttributeValue> record) {
        return failsOnDrift
                && entry.operation() instanceof Operation.Update update
                && !holdsAfter(update, record)
                && isOtherwiseUntouched(update, record);
    }

    private Verdict changed(LogEntry entry, Operation.Update update, Map<String, AttributeValue> record) {
        if (holdsAfter(update, record)) {
            boolean moved = !RecordDigest.of(record).equals(entry.content()) || takesAnother(entry, update, record);
            return moved ? Verdict.MOVED : untouched(update);
        }
        if (update.touched().entrySet().stream()
                .allMatch(one -> one.getValue().isBefore(Touched.of(record, one.getKey())))) {
            return Verdict.REVERTED;
        }
        return failsOnDrift && isOtherwiseUntouched(update, record) ? Verdict.ALTERED : Verdict.DRIFTED;
    }

    /** Whether a record that others changed since decides about this one, which is as it was written. */
    private boolean takesAnother(LogEntry entry, Operation.Update update, Map<String, AttributeValue> record) {
        return decisive.filter(digest -> !digest.apply(update.found(record))
                        .equals(entry.origin().content()))
                .isPresent();
    }

    /** Nobody has changed it since, and still the plan would change it: our update was wrong, or there was none. */
    private static Verdict untouched(Operation.Update update) {
        boolean wrote = update.touched().values().stream().anyMatch(one -> !Touched.same(one.found(), one.after()));
        return wrote ? Verdict.ALTERED : Verdict.LATE;
    }

    /** Whether a record that is altered is so by others: it is a failure only because the plan says {@code onDrift: fail}. */
    static boolean isOnDrift(LogEntry entry, Map<String, AttributeValue> record) {
        return entry.operation() instanceof Operation.Update update && !holdsAfter(update, record);
    }

    private static boolean holdsAfter(Operation.Update update, Map<String, AttributeValue> record) {
        return update.touched().entrySet().stream()
                .allMatch(one -> Touched.same(one.getValue().after(), Touched.of(record, one.getKey())));
    }

    /** Whether all attributes but those that we touched are what they were. */
    private static boolean isOtherwiseUntouched(Operation.Update update, Map<String, AttributeValue> record) {
        return update.hasRead(record) && update.restOf(record).equals(update.rest());
    }

    /** What {@code record} would be with what the update wrote; empty if nothing was written. */
    static Optional<Map<String, AttributeValue>> asWritten(LogEntry entry, Map<String, AttributeValue> record) {
        if (!(entry.operation() instanceof Operation.Update update)) {
            return Optional.empty();
        }
        var written = new HashMap<>(record);
        update.touched()
                .forEach((name, one) ->
                        one.after().ifPresentOrElse(value -> written.put(name, value), () -> written.remove(name)));
        return Optional.of(written);
    }

    /** What {@code record} would be with what stood there before the run wrote to it, whatever stands there now. */
    static Map<String, AttributeValue> beforeAll(Operation.Update update, Map<String, AttributeValue> record) {
        var before = new HashMap<>(record);
        update.touched()
                .forEach((name, one) ->
                        one.before().ifPresentOrElse(value -> before.put(name, value), () -> before.remove(name)));
        return before;
    }

    /** What {@code record} would be without what the update wrote, where it still stands there. */
    static Map<String, AttributeValue> asBefore(LogEntry entry, Map<String, AttributeValue> record) {
        if (!(entry.operation() instanceof Operation.Update update)) {
            return record;
        }
        var before = new HashMap<>(record);
        update.touched().forEach((name, one) -> {
            if (Touched.same(one.after(), Touched.of(record, name))) {
                one.before().ifPresentOrElse(value -> before.put(name, value), () -> before.remove(name));
            }
        });
        return before;
    }
}
