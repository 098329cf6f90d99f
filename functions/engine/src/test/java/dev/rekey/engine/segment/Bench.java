package dev.rekey.engine.segment;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Workers that write as fast as they may, invocation after invocation, into one table of a given capacity. */
final class Bench {
    static final TableName TABLE = new TableName("A");

    private static final PhysicalTable PHYSICAL = new PhysicalTable("dst-A");
    private static final Duration INVOCATION = Duration.ofSeconds(20);
    private static final int REQUESTS_AT_ONCE = 4;
    private static final int PAGE = 100;
    /** A page is done in so many seconds; after that a changed limit holds. */
    static final double LONGEST_PAGE = 10;

    private final SimulatedTime time = new SimulatedTime();
    private final Random random;
    private final BoundedTables table;
    private final InMemoryObjects objects = new InMemoryObjects();
    private final int segments;

    /** @param segments one for each worker */
    Bench(long seed, int segments) {
        this.random = new Random(seed);
        this.segments = segments;
        var memory = new InMemoryTables();
        memory.createTable(new TableShape(
                PHYSICAL, "000000000000", "eu-west-1", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of()));
        this.table = new BoundedTables(memory, time);
    }

    BoundedTables table() {
        return table;
    }

    SimulatedTime time() {
        return time;
    }

    /** Sets the capacity at a given second. */
    Runnable capacityAt(double second, double capacity) {
        return () -> {
            time.sleep(Duration.ofNanos((long) (second * 1e9)));
            table.capacity(capacity);
        };
    }

    /**
     * A worker that stops at a given second.
     *
     * @param limits at every second, as the control object would say
     */
    Runnable worker(int number, double until, DoubleFunction<Limits> limits) {
        return () -> {
            Optional<PaceState> carried = Optional.empty();
            var end = SimulatedTime.START.plusNanos((long) (until * 1e9));
            while (time.instant().isBefore(end)) {
                carried = invocation(number, end, limits, carried);
            }
        };
    }

    private Optional<PaceState> invocation(
            int number, Instant end, DoubleFunction<Limits> limits, Optional<PaceState> carried) {
        var over = time.instant().plus(INVOCATION);
        var invocation = new Invocation("w" + number, over.isAfter(end) ? end : over, time, time, random);
        var documents = new Documents(objects, invocation.backoff());
        var folder = new RunFolder(new RunId("20260102T030405678Z-0123abcd"));
        var workers = new ActiveWorkers(
                documents, folder, List.of(new ActiveWorkers.Part(Stage.COPY, TABLE, segments)), segments);
        var pacing = new Pacing(invocation, workers);
        var target = pacing.target(table);
        pacing.resume(carried);
        try {
            while (!invocation.isOver()) {
                pacing.within(limits.apply(Traffic.seconds(time.instant())));
                page(
                        number,
                        target,
                        invocation,
                        pacing.pageRecords() == 0 ? PAGE : Math.min(PAGE, pacing.pageRecords()));
            }
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.THROTTLED || !invocation.isOver()) {
                throw e;
            }
        }
        if (!invocation.end().isBefore(end)) {
            pacing.finished(Stage.COPY, TABLE, new Segment(number, segments));
        }
        return pacing.carried();
    }

    private void page(int number, Tables target, Invocation invocation, int records) {
        var batches = IntStream.iterate(0, from -> from < records, from -> from + Tables.WRITE_BATCH)
                .mapToObj(from -> IntStream.range(from, Math.min(records, from + Tables.WRITE_BATCH))
                        .mapToObj(i -> Map.of("id", AttributeValue.fromS("w" + number + "-" + i)))
                        .toList())
                .<java.util.function.Supplier<Tables.WriteAnswer>>map(items -> () -> target.putAll(PHYSICAL, items))
                .toList();
        invocation.concurrency().all(batches, REQUESTS_AT_ONCE);
    }
}
