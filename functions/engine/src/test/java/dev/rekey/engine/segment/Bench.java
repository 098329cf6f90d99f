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
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** The undo log, the reads of the target, the checkpoint. */
    private static final Duration AROUND_A_PAGE = Duration.ofMillis(150);

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

    /**
     * A worker that writes so many records and is done. Each of its pages reads, logs and saves what has been done, which takes
     * time that is not writing.
     *
     * @param bytes of one record
     */
    Runnable segment(int number, int records, int bytes, Limits limits) {
        return () -> {
            Optional<PaceState> carried = Optional.empty();
            int left = records;
            while (left > 0) {
                var invocation = new Invocation("w" + number, time.instant().plus(MINUTE), time, time, random);
                var pacing = pacing(invocation);
                pacing.resume(carried);
                while (left > 0 && !invocation.isOver()) {
                    pacing.within(limits);
                    int page = Math.min(left, pacing.pageRecords());
                    time.sleep(AROUND_A_PAGE);
                    batches(number, pacing.target(table), invocation, page, "x".repeat(bytes));
                    left -= page;
                }
                carried = pacing.carried();
                if (left == 0) {
                    pacing.finished(Stage.COPY, TABLE, new Segment(number, segments));
                }
            }
        };
    }

    private Pacing pacing(Invocation invocation) {
        var documents = new Documents(objects, invocation.backoff());
        var folder = new RunFolder(new RunId("20260102T030405678Z-0123abcd"));
        return new Pacing(
                invocation,
                new ActiveWorkers(
                        documents, folder, List.of(new ActiveWorkers.Part(Stage.COPY, TABLE, segments)), segments));
    }

    private Optional<PaceState> invocation(
            int number, Instant end, DoubleFunction<Limits> limits, Optional<PaceState> carried) {
        var over = time.instant().plus(INVOCATION);
        var invocation = new Invocation("w" + number, over.isAfter(end) ? end : over, time, time, random);
        var pacing = pacing(invocation);
        var target = pacing.target(table);
        pacing.resume(carried);
        try {
            while (!invocation.isOver()) {
                pacing.within(limits.apply(Traffic.seconds(time.instant())));
                batches(
                        number,
                        target,
                        invocation,
                        pacing.pageRecords() == 0 ? PAGE : Math.min(PAGE, pacing.pageRecords()),
                        "");
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

    private static void batches(int number, Tables target, Invocation invocation, int records, String content) {
        var batches = IntStream.iterate(0, from -> from < records, from -> from + Tables.WRITE_BATCH)
                .mapToObj(from -> IntStream.range(from, Math.min(records, from + Tables.WRITE_BATCH))
                        .mapToObj(i -> Map.of(
                                "id", AttributeValue.fromS("w" + number + "-" + i),
                                "x", AttributeValue.fromS(content)))
                        .toList())
                .<java.util.function.Supplier<Tables.WriteAnswer>>map(items -> () -> target.putAll(PHYSICAL, items))
                .toList();
        invocation.concurrency().all(batches, REQUESTS_AT_ONCE);
    }
}
