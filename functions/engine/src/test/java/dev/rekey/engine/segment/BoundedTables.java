package dev.rekey.engine.segment;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table that admits so many write units a second, saves up one second's worth, and takes some time for a request. */
public final class BoundedTables extends ForwardingTables {
    private static final Duration LATENCY = Duration.ofMillis(5);

    private final Time time;
    private final List<Event> events = new ArrayList<>();
    private double capacity = Double.POSITIVE_INFINITY;
    private double saved;
    private Instant at;

    /** What a request consumed, and what was refused of it. */
    public record Event(Instant at, boolean write, double consumed, double refused) {}

    public BoundedTables(Tables tables, Time time) {
        super(tables);
        this.time = time;
        this.at = time.instant();
    }

    /** From now on; in write units per second. */
    public void capacity(double units) {
        refill();
        capacity = units;
        saved = Math.min(saved, units);
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    private void refill() {
        var now = time.instant();
        if (!Double.isInfinite(capacity)) {
            double seconds = Duration.between(at, now).toNanos() / 1e9;
            saved = Math.min(Math.max(1, capacity), saved + capacity * seconds);
        }
        at = now;
    }

    private boolean admits(double units) {
        refill();
        if (Double.isInfinite(capacity)) {
            return true;
        }
        // Like the service: what is left of a burst is enough for a request that is larger.
        boolean admitted = saved >= Math.min(units, 1);
        saved -= admitted ? units : 0;
        return admitted;
    }

    private void note(boolean write, double consumed, double refused) {
        events.add(new Event(time.instant(), write, consumed, refused));
    }

    @Override
    public Scanned scan(Scan scan) {
        time.sleep(LATENCY);
        var answer = super.scan(scan);
        note(false, answer.units(), 0);
        return answer;
    }

    @Override
    public Scanned query(Query query) {
        time.sleep(LATENCY);
        var answer = super.query(query);
        note(false, answer.units(), 0);
        return answer;
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        time.sleep(LATENCY);
        var answer = super.read(table, keys);
        note(false, answer.units(), 0);
        return answer;
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        var unprocessed = new ArrayList<Map<String, AttributeValue>>();
        double units = batch(
                items, unprocessed, item -> super.putAll(table, List.of(item)).units());
        return new WriteAnswer(unprocessed, units);
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        var unprocessed = new ArrayList<Key>();
        double units = batch(
                keys, unprocessed, key -> super.deleteAll(table, List.of(key)).units());
        return new DeleteAnswer(unprocessed, units);
    }

    /** The units that {@code all} took, but for those of {@code unprocessed}. */
    private <T> double batch(List<T> all, List<T> unprocessed, ToDoubleFunction<T> request) {
        time.sleep(LATENCY);
        double units = 0;
        for (var one : all) {
            if (admits(1)) {
                units += request.applyAsDouble(one);
            } else {
                unprocessed.add(one);
            }
        }
        note(true, units, unprocessed.size());
        if (unprocessed.size() == all.size()) {
            throw new StoreException(StoreException.Kind.THROTTLED, "slow down");
        }
        return units;
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        time.sleep(LATENCY);
        if (!admits(1)) {
            note(true, 0, 1);
            return new WriteOutcome.Throttled("slow down");
        }
        return noted(super.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        time.sleep(LATENCY);
        if (!admits(1)) {
            note(true, 0, 1);
            return new WriteOutcome.Throttled("slow down");
        }
        return noted(super.delete(table, key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        time.sleep(LATENCY);
        if (!admits(1)) {
            note(true, 0, 1);
            return new WriteOutcome.Throttled("slow down");
        }
        return noted(super.update(update));
    }

    private WriteOutcome noted(WriteOutcome outcome) {
        note(
                true,
                switch (outcome) {
                    case WriteOutcome.Done done -> done.units();
                    case WriteOutcome.ConditionFailed failed -> failed.units();
                    case WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> 0;
                },
                0);
        return outcome;
    }
}
