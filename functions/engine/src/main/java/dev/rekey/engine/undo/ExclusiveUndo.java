package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Undoes what we did to the records of a page in batches, without a condition: the caller asserts that nothing else writes
 * meanwhile. What others changed before is seen by reading, as ever.
 */
record ExclusiveUndo(Tables tables, TableShape shape, Drift drift, LostAnswers lost, Invocation invocation) {

    /** @param found what the target holds now, by key */
    Map<Key, Undone> undo(Map<Key, Logged> logged, Map<Key, Map<String, AttributeValue>> found) {
        var undone = new HashMap<Key, Undone>();
        var deletes = new ArrayList<Key>();
        var restores = new ArrayList<Map<String, AttributeValue>>();
        var now = invocation.time().instant();
        logged.forEach((key, one) -> {
            var current = Optional.ofNullable(found.get(key));
            var settled = RecordUndo.withoutWriting(one, current, drift, now);
            if (settled.isEmpty()) {
                one.before().ifPresentOrElse(restores::add, () -> deletes.add(key));
            }
            undone.put(
                    key,
                    settled.orElseGet(
                            () -> RecordUndo.isDrift(one, current, now) ? Undone.OVERWRITTEN : RecordUndo.done(one)));
        });
        var work = new ArrayList<Supplier<Boolean>>();
        var table = shape.table();
        addBatches(work, deletes, keys -> tables.deleteAll(table, keys).unprocessed());
        addBatches(work, restores, items -> tables.putAll(table, items).unprocessed());
        var _ = lost.guard(() -> invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE));
        return undone;
    }

    private <T> void addBatches(List<Supplier<Boolean>> work, List<T> all, UnaryOperator<List<T>> request) {
        for (int from = 0; from < all.size(); from += Tables.WRITE_BATCH) {
            var batch = all.subList(from, Math.min(all.size(), from + Tables.WRITE_BATCH));
            work.add(() -> written(batch, request));
        }
    }

    private <T> boolean written(List<T> batch, UnaryOperator<List<T>> request) {
        invocation
                .backoff()
                .untilNoneLeft(batch, left -> unprocessed(left, request), () -> RecordUndo.slowedDown(shape.table()));
        return true;
    }

    private <T> List<T> unprocessed(List<T> left, UnaryOperator<List<T>> request) {
        // A write begun after the invocation could end after its lease has run out.
        if (invocation.isOver()) {
            throw RecordUndo.slowedDown(shape.table());
        }
        try {
            return request.apply(left);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED -> left;
                case UNAVAILABLE -> {
                    // Nothing else writes: a repetition has the same result.
                    lost.note();
                    yield left;
                }
                case DENIED, MISSING, INVALID -> throw e;
            };
        }
    }
}
