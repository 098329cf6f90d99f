package dev.rekey.engine.store;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's tables in memory, with its limits and refusals. For several threads at once. */
public final class InMemoryTables implements Tables {
    private static final int READ_BYTES = 16 * 1024 * 1024;

    private final Map<PhysicalTable, StoredTable> tables = new TreeMap<>();
    private final Map<PhysicalTable, List<String>> denied = new HashMap<>();
    private Interceptor interceptor = Interceptor.none();
    private BiPredicate<PhysicalTable, Key> unprocessed = (_, _) -> false;
    private boolean emptyPages;

    /** Tables with the same content and no interceptor; what happens to one of the two does not touch the other. */
    public synchronized InMemoryTables copy() {
        var copy = new InMemoryTables();
        tables.forEach((name, table) -> copy.tables.put(name, table.copy()));
        copy.unprocessed = unprocessed;
        copy.emptyPages = emptyPages;
        return copy;
    }

    /** Creates a table, or replaces it by an empty one. */
    public synchronized void createTable(TableShape shape) {
        tables.put(shape.table(), new StoredTable(shape));
    }

    public synchronized void deleteTable(PhysicalTable table) {
        tables.remove(table);
    }

    /** Every request goes by {@code interceptor}, outside of any lock. */
    public synchronized void intercept(Interceptor interceptor) {
        this.interceptor = interceptor;
    }

    /** Batches leave those keys unprocessed for which this is true when they are asked for. */
    public synchronized void leaveUnprocessed(BiPredicate<PhysicalTable, Key> unprocessed) {
        this.unprocessed = unprocessed;
    }

    /** Whether a scan's page after the first is given empty, with the cursor it had, when it is first asked for. */
    public synchronized void giveEmptyPages(boolean emptyPages) {
        this.emptyPages = emptyPages;
    }

    /** From now on a writer of the table is told that this is denied. */
    public synchronized void deny(PhysicalTable table, String denial) {
        denied.put(table, List.of(denial));
    }

    /** From now on a writer of any table is told that nothing is denied. */
    public synchronized void allow() {
        denied.clear();
    }

    /** Stores items without a request. */
    public synchronized void load(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        var stored = existing(table);
        items.forEach(item -> stored.store(stored.accepted(item)));
    }

    /** All items of a table, without a request. */
    public synchronized List<Map<String, AttributeValue>> items(PhysicalTable table) {
        return existing(table).items();
    }

    /** All tables and items as text, one line each: the same text exactly for the same content. */
    public synchronized String dump() {
        return tables.entrySet().stream()
                .map(entry -> entry.getKey() + "\n"
                        + entry.getValue().items().stream()
                                .map(item -> "  " + CanonicalText.of(item) + "\n")
                                .sorted()
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return request(
                "describe", table, () -> Optional.ofNullable(tables.get(table)).map(StoredTable::shape));
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return request("deniedToWriter", table.table(), () -> denied.getOrDefault(table.table(), List.of()));
    }

    @Override
    public Scanned scan(Scan scan) {
        return request("scan", scan.table(), () -> {
            var table = existing(scan.table());
            if (emptyPages && table.givesEmptyPage(scan)) {
                return new Scanned(List.of(), scan.from(), 1);
            }
            return table.scan(scan);
        });
    }

    @Override
    public Scanned query(Query query) {
        return request("query", query.table(), () -> existing(query.table()).query(query));
    }

    @Override
    public ReadAnswer read(PhysicalTable name, List<Key> keys) {
        return request("read", name, () -> {
            var table = existing(name);
            checkBatch(keys.stream().map(table::position).toList(), READ_BATCH);
            var items = new ArrayList<Map<String, AttributeValue>>();
            var left = new ArrayList<Key>();
            int bytes = 0;
            double units = 0;
            for (var key : keys) {
                var item = table.find(table.position(key));
                bytes += item.map(ItemSize::bytes).orElse(0);
                if (bytes > READ_BYTES || unprocessed.test(name, key)) {
                    left.add(key);
                } else {
                    item.ifPresent(items::add);
                    units += item.map(StoredTable::readUnits).orElse(1.0);
                }
            }
            return new ReadAnswer(items, left, units);
        });
    }

    @Override
    public WriteAnswer putAll(PhysicalTable name, List<Map<String, AttributeValue>> items) {
        return request("putAll", name, () -> {
            var table = existing(name);
            var accepted = items.stream().map(table::accepted).toList();
            var shape = table.shape();
            checkBatch(accepted.stream().map(item -> Position.of(shape, item)).toList(), WRITE_BATCH);
            var left = new ArrayList<Map<String, AttributeValue>>();
            double units = 0;
            for (var item : accepted) {
                if (unprocessed.test(name, shape.keyOf(item))) {
                    left.add(item);
                } else {
                    units += table.store(item);
                }
            }
            return new WriteAnswer(left, units);
        });
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable name, List<Key> keys) {
        return request("deleteAll", name, () -> {
            var table = existing(name);
            checkBatch(keys.stream().map(table::position).toList(), WRITE_BATCH);
            var left = new ArrayList<Key>();
            double units = 0;
            for (var key : keys) {
                if (unprocessed.test(name, key)) {
                    left.add(key);
                } else {
                    units += table.delete(key);
                }
            }
            return new DeleteAnswer(left, units);
        });
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return write("put", table, () -> existing(table).put(item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return write("delete", table, () -> existing(table).delete(key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        return write("update", update.table(), () -> existing(update.table()).update(update));
    }

    private WriteOutcome write(String name, PhysicalTable table, Supplier<WriteOutcome> work) {
        try {
            return request(name, table, work);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED -> new WriteOutcome.Throttled(e.getMessage());
                case UNAVAILABLE -> new WriteOutcome.Unknown(e.getMessage());
                case DENIED, MISSING, INVALID -> throw e;
            };
        }
    }

    private <T> T request(String name, PhysicalTable table, Supplier<T> work) {
        var call = new Interceptor.Call(name, table.name());
        var interceptorNow = currentInterceptor();
        interceptorNow.before(call);
        T answer;
        synchronized (this) {
            answer = work.get();
        }
        interceptorNow.after(call);
        return answer;
    }

    private synchronized Interceptor currentInterceptor() {
        return interceptor;
    }

    private StoredTable existing(PhysicalTable table) {
        var found = tables.get(table);
        if (found == null) {
            throw new StoreException(
                    StoreException.Kind.MISSING,
                    "Cannot use the table " + table + ": there is no such table. Nothing was changed. Check its name.");
        }
        return found;
    }

    private static void checkBatch(List<Position> positions, int limit) {
        ItemRules.require(!positions.isEmpty(), "a batch is never empty");
        ItemRules.require(positions.size() <= limit, "too many items requested for the batch");
        ItemRules.require(
                new HashSet<>(positions).size() == positions.size(), "provided list of item keys contains duplicates");
    }
}
