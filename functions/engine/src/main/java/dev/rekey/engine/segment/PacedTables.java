package dev.rekey.engine.segment;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables that are asked no faster than they bear and than the limits allow. Refused and unprocessed parts are asked for
 * again until the invocation's time is up: then, and only then, it throws {@link StoreException} of kind THROTTLED, and of a write
 * that was refused nothing has been written. One call may make several requests, each of half a second's worth.
 */
final class PacedTables implements Tables {
    private static final double WRITE_UNIT_BYTES = 1024;

    private final Tables tables;
    private final Pacing pacing;
    private final RateLimiter reads;
    private final RateLimiter writes;
    private final boolean urgent;

    PacedTables(Tables tables, Pacing pacing, RateLimiter reads, RateLimiter writes) {
        this(tables, pacing, reads, writes, false);
    }

    private PacedTables(Tables tables, Pacing pacing, RateLimiter reads, RateLimiter writes, boolean urgent) {
        this.tables = tables;
        this.pacing = pacing;
        this.reads = reads;
        this.writes = writes;
        this.urgent = urgent;
    }

    @Override
    public Tables urgent() {
        return new PacedTables(tables, pacing, reads, writes, true);
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return tables.describe(table);
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return tables.deniedToWriter(table, writing);
    }

    @Override
    public Scanned scan(Scan scan) {
        int limit = limit(scan.limit());
        var paced = new Scan(scan.table(), scan.segment(), scan.totalSegments(), scan.from(), limit, scan.consistent());
        return read(
                scan.table(),
                pageEstimate(limit),
                () -> tables.scan(paced),
                Scanned::units,
                answer -> answer.items().size());
    }

    @Override
    public Scanned query(Query query) {
        // A part of a partition key value is read as a segment is.
        int limit = query.upTo().isPresent() ? limit(query.limit()) : query.limit();
        var paced = new Query(
                query.table(),
                query.partitionKey(),
                query.value(),
                query.upTo(),
                query.from(),
                limit,
                query.consistent());
        return read(
                query.table(),
                query.upTo().isPresent() ? pageEstimate(limit) : 1,
                () -> tables.query(paced),
                Scanned::units,
                answer -> answer.items().size());
    }

    /** The lower of what is asked for and what fits into a page; 0 for as many as there are. */
    private int limit(int asked) {
        return Tables.lowerLimit(asked, pacing.pageRecords());
    }

    /** A page whose length is not paced may turn out longer: the rest is owed. */
    private double pageEstimate(int limit) {
        int records = Math.max(1, Math.min(limit, pacing.pageRecords()));
        return Math.min(reads.estimate(records), reads.unitsAtOnce());
    }

    private <T> T read(
            PhysicalTable table,
            double estimate,
            Supplier<T> request,
            ToDoubleFunction<T> units,
            ToIntFunction<T> count) {
        while (true) {
            admit(reads, table, estimate);
            try {
                var answer = request.get();
                reads.answered(estimate, units.applyAsDouble(answer), count.applyAsInt(answer), false);
                return answer;
            } catch (StoreException e) {
                refused(reads, estimate, e);
            }
        }
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        var found = new ArrayList<Map<String, AttributeValue>>();
        double units = 0;
        var left = keys;
        while (!left.isEmpty()) {
            int size = reads.slice(left.size());
            var now = left.subList(0, size);
            double estimate = reads.estimate(size);
            admit(reads, table, estimate);
            var unprocessed = now;
            try {
                var answer = tables.read(table, now);
                unprocessed = answer.unprocessed();
                reads.answered(estimate, answer.units(), size - unprocessed.size(), !unprocessed.isEmpty());
                found.addAll(answer.items());
                units += answer.units();
            } catch (StoreException e) {
                refused(reads, estimate, e);
            }
            left = joined(unprocessed, left.subList(size, left.size()));
        }
        return new ReadAnswer(found, List.of(), units);
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        double units = batches(table, items, PacedTables::units, batch -> {
            var answer = tables.putAll(table, batch);
            return new Batched<>(answer.unprocessed(), answer.units());
        });
        return new WriteAnswer(List.of(), units);
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        double units = batches(table, keys, _ -> writes.estimate(1), batch -> {
            var answer = tables.deleteAll(table, batch);
            return new Batched<>(answer.unprocessed(), answer.units());
        });
        return new DeleteAnswer(List.of(), units);
    }

    /** What became of one request of several writes. */
    private record Batched<T>(List<T> unprocessed, double units) {}

    /** The units that writing all of {@code all} took. */
    private <T> double batches(
            PhysicalTable table, List<T> all, ToDoubleFunction<T> cost, Function<List<T>, Batched<T>> request) {
        double units = 0;
        var left = all;
        while (!left.isEmpty()) {
            int size = batch(left, cost);
            var now = left.subList(0, size);
            double estimate = units(now, cost);
            admit(writes, table, estimate);
            var unprocessed = now;
            try {
                var answer = request.apply(now);
                unprocessed = answer.unprocessed();
                writes.answered(estimate, answer.units(), size - unprocessed.size(), !unprocessed.isEmpty());
                units += answer.units();
            } catch (StoreException e) {
                refused(writes, estimate, e);
            }
            left = joined(unprocessed, left.subList(size, left.size()));
        }
        return units;
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return write(table, () -> units(List.of(item), PacedTables::units), () -> tables.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return write(table, () -> writes.estimate(1), () -> tables.delete(table, key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        // What the whole item has is not known here; an earlier answer tells.
        return write(update.table(), () -> writes.estimate(1), () -> tables.update(update));
    }

    private WriteOutcome write(PhysicalTable table, DoubleSupplier cost, Supplier<WriteOutcome> request) {
        while (true) {
            // Reckoned anew for every try: the first was free, perhaps, and what costs nothing is not held back.
            double estimate = cost.getAsDouble();
            admit(writes, table, estimate);
            var outcome = request.get();
            switch (outcome) {
                case WriteOutcome.Done done -> writes.answered(estimate, done.units(), 1, false);
                case WriteOutcome.ConditionFailed failed -> writes.answered(estimate, failed.units(), 1, false);
                case WriteOutcome.Throttled _ -> {
                    writes.answered(estimate, 0, 0, true);
                    // What does not wait here would be tried without a pause and without an end.
                    if (!urgent) {
                        continue;
                    }
                }
                // It may have been written: what it was admitted for stays spent.
                case WriteOutcome.Unknown _ -> {}
            }
            return outcome;
        }
    }

    private void admit(RateLimiter limiter, PhysicalTable table, double units) {
        if (urgent) {
            limiter.charge(units);
        } else if ((limiter == writes && limiter.isTooLate())
                || !limiter.admit(units, limiter == reads && pacing.pageRecords() == 1)) {
            throw new StoreException(
                    StoreException.Kind.THROTTLED,
                    "Cannot continue with " + table
                            + " in this invocation: the table or the run's limits throttle requests. What was written is logged. The run continues by itself; increase the table's capacity or the limits to speed it up.");
        }
    }

    private static void refused(RateLimiter limiter, double estimate, StoreException e) {
        switch (e.kind()) {
            case THROTTLED -> limiter.answered(estimate, 0, 0, true);
            case UNAVAILABLE, DENIED, MISSING, INVALID -> throw e;
        }
    }

    /** How many of the first {@code items} go into one request: half a second's worth, at least one. */
    private <T> int batch(List<T> items, ToDoubleFunction<T> cost) {
        if (writes.isFree()) {
            return items.size();
        }
        double most = writes.unitsAtOnce();
        double sum = 0;
        int size = 0;
        for (var item : items) {
            sum += cost.applyAsDouble(item);
            if (sum > most) {
                break;
            }
            size++;
        }
        return Math.max(1, size);
    }

    /** Not asked for while nothing limits the writes. */
    private <T> double units(List<T> items, ToDoubleFunction<T> cost) {
        return writes.isFree() ? 0 : items.stream().mapToDouble(cost).sum();
    }

    private static double units(Map<String, AttributeValue> item) {
        return Math.max(1, Math.ceil(ItemSize.bytes(item) / WRITE_UNIT_BYTES));
    }

    private static <T> List<T> joined(List<T> first, List<T> then) {
        if (first.isEmpty()) {
            return then;
        }
        var all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
