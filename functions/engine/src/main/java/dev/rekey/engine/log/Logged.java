package dev.rekey.engine.log;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Expiry;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What all attempts together logged of one target key that they wrote, or meant to write.
 *
 * @param operation of the last attempt, with what stood there before we came. Every attempt takes that over from the one
 *     before, unless it overwrites a record that a stranger put there meanwhile: so the last attempt knows best
 * @param digests of every content that any attempt may have written
 * @param oldKeys of the source records that were to stand there; more than one if they collide
 * @param expires when what the last attempt wrote may vanish by itself; empty if it does not
 * @param table the plan's table, as the last attempt saw it, where several share the log; empty where the log is of one
 */
public record Logged(
        Operation operation,
        Set<Digest> digests,
        Set<Key> oldKeys,
        Optional<Expiry> expires,
        Optional<TableName> table) {
    /** In the log of one table. */
    public Logged(Operation operation, Set<Digest> digests, Set<Key> oldKeys, Optional<Expiry> expires) {
        this(operation, digests, oldKeys, expires, Optional.empty());
    }

    /**
     * The entries of {@code batches}, oldest attempt first, by target key; without those that are not ours, or that a later
     * attempt disclaims.
     */
    public static Map<Key, Logged> byKey(Collection<LogBatch> batches) {
        var all = new HashMap<Key, Logged>();
        for (var batch : batches) {
            for (var entry : batch.entries()) {
                if (entry.operation().writes()) {
                    all.merge(entry.key(), first(entry), Logged::and);
                }
            }
            disclaim(all, batch);
        }
        return all;
    }

    /**
     * Takes out of {@code all} what {@code batch}, a later attempt, disclaims: it logs as identical or disclaimed, and so as
     * not ours, what an earlier attempt was to write for the same source record. A condition of that attempt had failed, so a
     * stranger wrote what stands there. No attempt does so otherwise: what an earlier one logged counts as ours.
     */
    public static void disclaim(Map<Key, Logged> all, LogBatch batch) {
        for (var entry : batch.entries()) {
            boolean disclaims = switch (entry.operation()) {
                case Operation.Identical _, Operation.Disclaimed _ -> true;
                case Operation.Create _,
                        Operation.Replace _,
                        Operation.Update _,
                        Operation.Delete _,
                        Operation.Skipped _,
                        Operation.LeftOut _ -> false;
            };
            if (disclaims) {
                all.computeIfPresent(
                        entry.key(),
                        (_, logged) -> logged.oldKeys.contains(entry.origin().key()) ? null : logged);
            }
        }
    }

    /** What one entry logs. */
    public static Logged first(LogEntry entry) {
        return new Logged(
                entry.operation(),
                Set.of(entry.content()),
                Set.of(entry.origin().key()),
                entry.expires(),
                entry.table());
    }

    /** This, and what {@code later} attempts logged of the same key. */
    public Logged and(Logged later) {
        var both = new HashSet<>(digests);
        both.addAll(later.digests);
        var bothKeys = new HashSet<>(oldKeys);
        bothKeys.addAll(later.oldKeys);
        return new Logged(after(later.operation), both, bothKeys, later.expires, later.table);
    }

    /** {@code later}, with what only this attempt has read: a later one that finds nothing to do reads nothing. */
    private Operation after(Operation later) {
        if (!(operation instanceof Operation.Update(var _, var before, var _))
                || !(later instanceof Operation.Update(var touched, var since, var rest))) {
            return later;
        }
        var read = new HashMap<>(before);
        read.keySet().removeAll(touched.keySet());
        read.putAll(since);
        return new Operation.Update(touched, read, rest);
    }

    /** Whether it was a record of {@code one} that was written, if several tables share the log. */
    boolean isOf(TableName one) {
        return table.isEmpty() || table.get().equals(one);
    }

    /** What stood there before we came; empty if nothing did. */
    public Optional<Map<String, AttributeValue>> before() {
        return operation.before();
    }

    /** Whether we have left {@code found}: one of our contents, or nothing where we deleted what stood there. */
    public boolean hasLeft(Optional<Map<String, AttributeValue>> found) {
        return operation instanceof Operation.Delete
                ? found.isEmpty()
                : found.map(RecordDigest::of).filter(digests::contains).isPresent();
    }

    /** Whether what we wrote may have expired instead of having been deleted. */
    public boolean mayHaveExpired(Instant now) {
        return expires.filter(expiry -> expiry.hasPassed(now)).isPresent();
    }
}
