package dev.rekey.engine.scan;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads records of a table by key, all of them, however often the store leaves some unprocessed. */
public final class KeyReader {
    private final Tables tables;
    private final TableShape shape;
    private final Supplier<Backoff> backoffs;
    private final Concurrency concurrency;

    public KeyReader(Tables tables, TableShape shape, Invocation invocation) {
        this(tables, shape, invocation::backoff, invocation.concurrency());
    }

    KeyReader(Tables tables, TableShape shape, Supplier<Backoff> backoffs, Concurrency concurrency) {
        this.tables = tables;
        this.shape = shape;
        this.backoffs = backoffs;
        this.concurrency = concurrency;
    }

    /**
     * The items under {@code keys}, by key; those that do not exist are not in it.
     *
     * @param keys distinct
     * @throws StoreException if the store does not answer until the invocation's time is up
     */
    public Map<Key, Map<String, AttributeValue>> read(Collection<Key> keys) {
        var all = List.copyOf(keys);
        var batches = new ArrayList<Supplier<Map<Key, Map<String, AttributeValue>>>>();
        for (int from = 0; from < all.size(); from += Tables.READ_BATCH) {
            var batch = all.subList(from, Math.min(all.size(), from + Tables.READ_BATCH));
            batches.add(() -> readBatch(batch));
        }
        var found = new HashMap<Key, Map<String, AttributeValue>>(all.size() * 2);
        concurrency.all(batches, Invocation.REQUESTS_AT_ONCE).forEach(found::putAll);
        return found;
    }

    private Map<Key, Map<String, AttributeValue>> readBatch(List<Key> keys) {
        var backoff = backoffs.get();
        var found = new HashMap<Key, Map<String, AttributeValue>>();
        backoff.untilNoneLeft(
                keys,
                left -> {
                    var answer = backoff.retry(() -> tables.read(shape.table(), left));
                    answer.items().forEach(item -> found.put(shape.keyOf(item), item));
                    return answer.unprocessed();
                },
                () -> new StoreException(
                        StoreException.Kind.THROTTLED,
                        "Cannot read " + shape.table()
                                + ": the table leaves keys unprocessed. Nothing was changed. Increase the table's read capacity."));
        return found;
    }
}
