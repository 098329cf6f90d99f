package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.migration.ShortPages;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables at the end of a bad line; whatever is written to them is watched. */
final class FaultyTables implements Tables {
    /** How often somebody else writes the very record that we are about to create. */
    private static final double TWINS = 0.05;

    /** How often an application writes something else to the record that we are about to update, or to create. */
    private static final double RIVALS = 0.05;

    /** How often a worker dies after an update, in the middle of a page. */
    private static final double DEATHS = 0.04;

    private final InMemoryTables memory;
    private final Tables pages;
    private final Line line;
    private final Watch watch;
    /** Where an answer to this worker was lost. */
    private final Set<Watch.Spot> lost = ConcurrentHashMap.newKeySet();
    /** Records of others that this worker deleted without seeing what they are. Only this worker can put them back. */
    private final Map<Watch.Spot, Map<String, AttributeValue>> owed = new ConcurrentHashMap<>();

    FaultyTables(InMemoryTables memory, IntSupplier pageLimit, Line line, Watch watch) {
        this.memory = memory;
        this.pages = new ShortPages(memory, pageLimit);
        this.line = line;
        this.watch = watch;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return line.request("describe", table.name(), () -> memory.describe(table));
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return line.request("deniedToWriter", table.table().name(), () -> memory.deniedToWriter(table, writing));
    }

    @Override
    public Scanned scan(Scan scan) {
        return line.request("scan", scan.table().name(), () -> pages.scan(scan));
    }

    @Override
    public Scanned query(Query query) {
        return line.request("query", query.table().name(), () -> pages.query(query));
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        return line.request("read", table.name(), () -> {
            var left = new ArrayList<Key>();
            var asked = processed(keys, left);
            var answer = memory.read(table, asked);
            left.addAll(answer.unprocessed());
            return new ReadAnswer(answer.items(), left, answer.units());
        });
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        return line.write("putAll", table.name(), () -> {
            var left = new ArrayList<Map<String, AttributeValue>>();
            var asked = processed(items, left);
            asked.forEach(item -> watch.put(line.worker(), table, item));
            var answer = memory.putAll(table, asked);
            left.addAll(answer.unprocessed());
            return new WriteAnswer(left, answer.units());
        });
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        return line.write("deleteAll", table.name(), () -> {
            var left = new ArrayList<Key>();
            double units = 0;
            for (var key : processed(keys, left)) {
                var before = watch.content(table, key.attributes());
                units += memory.deleteAll(table, List.of(key)).units();
                watch.wasDeleted(line.worker(), table, key, before);
            }
            return new DeleteAnswer(left, units);
        });
    }

    /** Some of {@code all}, at least one of them; the others are added to {@code left}. */
    private <T> List<T> processed(List<T> all, List<T> left) {
        var some = new ArrayList<T>();
        for (var one : all) {
            boolean leave = line.chances().leavesUnprocessed(line.now());
            if (leave && (!some.isEmpty() || left.size() + 1 < all.size())) {
                left.add(one);
            } else {
                some.add(one);
            }
        }
        return some;
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        boolean twin = expected instanceof Expected.Absent
                && line.chances().happens(TWINS)
                // What an earlier run wrote there, somebody else cannot bring back: it counts as that run's.
                && !watch.loggedByAnother(line.worker().run(), table, item);
        boolean rival = !twin && mayMeetRival(table, expected) && line.chances().happens(RIVALS);
        var answer = write("put", table, () -> {
            var before = watch.content(table, item);
            if (twin && before.isEmpty()) {
                memory.load(table, List.of(item));
                watch.twinWrote(line.worker(), table, item);
            } else if (rival && before.isEmpty()) {
                writeAnother(table, item);
                before = watch.content(table, item);
            }
            var outcome = memory.put(table, item, expected);
            // What is put back is as if nobody had deleted it.
            if (outcome instanceof WriteOutcome.Done && !owed.remove(watch.spot(table, item), item)) {
                watch.wasPut(line.worker(), table, item, before);
            }
            return outcome;
        });
        var at = watch.spot(table, item);
        if (answer instanceof WriteOutcome.Unknown) {
            lost.add(at);
        }
        // After a lost answer, what equals ours counts as ours: nobody can tell.
        if (twin && answer instanceof WriteOutcome.ConditionFailed && !lost.contains(at)) {
            watch.twinAnswered(line.worker(), table, item);
        }
        return answer;
    }

    /** Where ids are derived, and an application knows them: a worker that knows of nobody creates in batches. */
    private boolean mayMeetRival(PhysicalTable table, Expected expected) {
        return expected instanceof Expected.Absent
                && table.name().equals("dst-People")
                && line.worker().work().kind() == Platform.Kind.COPY;
    }

    /** An application writes a record of its own under the key that we are about to create. */
    private void writeAnother(PhysicalTable table, Map<String, AttributeValue> item) {
        var another = new HashMap<>(item);
        another.put("v", AttributeValue.fromS("a rival's " + line.now()));
        memory.load(table, List.of(another));
        watch.othersWrote(watch.spot(table, item), Optional.of(another));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return write("delete", table, () -> {
            var before = watch.content(table, key.attributes());
            var outcome = memory.delete(table, key, expected);
            if (outcome instanceof WriteOutcome.Done) {
                var at = new Watch.Spot(table.name(), key);
                before.filter(theirs -> isUnseen(at, theirs, expected))
                        .ifPresentOrElse(
                                theirs -> owed.put(at, theirs),
                                () -> watch.wasDeleted(line.worker(), table, key, before));
            }
            return outcome;
        });
    }

    /** Whether it is another's and has all that a condition names: it cannot ask whether there are more attributes. */
    private boolean isUnseen(Watch.Spot at, Map<String, AttributeValue> theirs, Expected expected) {
        return expected instanceof Expected.Attributes(var values)
                && theirs.size() > values.size()
                && theirs.entrySet().containsAll(values.entrySet())
                && watch.strangers().getOrDefault(at, Optional.empty()).equals(Optional.of(theirs));
    }

    @Override
    public WriteOutcome update(Update update) {
        boolean copies = line.worker().work().kind() == Platform.Kind.COPY;
        boolean twin = copies && line.chances().happens(TWINS);
        boolean rival = copies && line.chances().happens(RIVALS);
        boolean dies =
                copies && !line.chances().healed(line.now()) && line.chances().happens(DEATHS);
        var key = update.key().attributes();
        var answer = write("update", update.table(), () -> {
            if (twin) {
                writeTheSame(update);
            }
            if (rival) {
                watch.updates().rivalWrites(new Watch.Spot(update.table().name(), update.key()));
            }
            var before = watch.content(update.table(), key);
            var outcome = memory.update(update);
            if (outcome instanceof WriteOutcome.Done) {
                var after = watch.content(update.table(), key).orElseThrow();
                watch.updated(line.worker(), update, before.orElseThrow(), after);
            }
            return outcome;
        });
        watch.updates().answered(line.worker(), update, answer);
        if (dies) {
            line.worker().die();
            throw new Worker.Crash();
        }
        return answer;
    }

    /** An application gives the attributes of a record that is as expected the values that we are about to write. */
    private void writeTheSame(Update update) {
        var there = watch.content(update.table(), update.key().attributes());
        boolean expected = there.filter(item -> update.expected().entrySet().stream()
                        .allMatch(one -> Touched.same(Touched.of(item, one.getKey()), one.getValue())))
                .isPresent();
        if (expected) {
            var item = new HashMap<>(there.get());
            item.putAll(update.set());
            item.keySet().removeAll(update.remove());
            memory.load(update.table(), List.of(item));
            var at = new Watch.Spot(update.table().name(), update.key());
            watch.updates().othersWrite(at, update);
            watch.othersWrote(at, Optional.of(item));
        }
    }

    private WriteOutcome write(String name, PhysicalTable table, Supplier<WriteOutcome> effect) {
        try {
            return line.write(name, table.name(), effect);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED -> new WriteOutcome.Throttled(e.getMessage());
                case UNAVAILABLE -> new WriteOutcome.Unknown(e.getMessage());
                case DENIED, MISSING, INVALID -> throw e;
            };
        }
    }
}
