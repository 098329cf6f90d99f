package dev.rekey.bench.pure;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Origin;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is done to a record without asking anybody: microseconds of one processor for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
public class PureParts {
    private static final String PLAN = """
        plan: pure
        source: { tables: "dev-{table}" }
        target: { tables: "prod-{table}" }
        identity: { rule: derive, namespace: prod }
        tables:
          People: {}
          Places: {}
          Orders:
            references:
              buyerId: People
              sellerId: People
              fromId: Places
              "delivery.placeId": Places
              "notes[].authorId": People
        """;
    private static final int PAGE = 1_000;
    private static final RunId RUN = new RunId("20261121T112728665Z-aa75c6d0");
    private static final TableName ORDERS = new TableName("Orders");

    private final OldId id = new OldId(KeyType.S, "0b9d4e0a-5b0e-4a54-8c19-3f6f1f1c2a77");
    private final Map<String, AttributeValue> record = record(1);
    private final Derivation derivation;
    private final RecordMapping mapping;
    private final UndoLog log;
    private final LogBatch page;

    /** Lays everything ready. */
    public PureParts() {
        if (!(PlanReader.read(PLAN) instanceof PlanReading.Valid valid)) {
            throw new IllegalStateException("the plan of this measurement is none");
        }
        var plan = valid.plan();
        var shapes = new HashMap<TableName, TableShape>();
        plan.tables().forEach(table -> shapes.put(table.name(), shape(table.source())));
        var families = Families.of(plan, shapes);
        var now = Instant.parse("2026-11-21T11:27:28Z");
        derivation = families.rule(new FamilyName("People"));
        mapping = RecordMapping.of(
                plan.table(ORDERS), shapes.get(ORDERS), shapes.get(ORDERS), families, Orphans.NONE, Taken.NOTHING, now);
        log = new UndoLog(
                new Documents(new Nowhere(), new Backoff(new Still(now), new Random(1), now)), new RunFolder(RUN));
        page = page();
    }

    private static TableShape shape(PhysicalTable table) {
        return new TableShape(table, "", "us-east-1", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of());
    }

    private static Map<String, AttributeValue> record(int number) {
        var record = new HashMap<String, AttributeValue>();
        record.put("id", text("order", number));
        record.put("buyerId", text("buyer", number));
        record.put("sellerId", text("seller", number));
        record.put("fromId", text("from", number));
        record.put("delivery", AttributeValue.fromM(Map.of("placeId", text("to", number), "by", text("van", 1))));
        record.put(
                "notes",
                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("authorId", text("author", number))))));
        record.put("amount", AttributeValue.fromN("1234.50"));
        record.put("text", AttributeValue.fromS("x".repeat(600)));
        return record;
    }

    private static AttributeValue text(String what, int number) {
        return AttributeValue.fromS("%s-5b0e-4a54-8c19-%012d".formatted(what, number));
    }

    private static LogBatch page() {
        var entries = new ArrayList<LogEntry>();
        for (int i = 0; i < PAGE; i++) {
            var old = record(i);
            entries.add(new LogEntry(
                    new Origin(new Key(Map.of("id", text("old", i))), RecordDigest.of(old)),
                    new Key(Map.of("id", text("new", i))),
                    new Operation.Create(),
                    RecordDigest.of(Map.of("id", text("new", i))),
                    Optional.empty()));
        }
        var header = new LogBatch.Header(
                LogBatch.FORMAT,
                RUN,
                ORDERS,
                new PhysicalTable("prod-Orders"),
                new LogBatch.Place(new Segment(0, 1), 0, 1),
                new LogBatch.Writer(1, "measured"));
        return new LogBatch(header, entries);
    }

    @Benchmark
    public String deriveAnId() {
        return derivation.newText(id);
    }

    @Benchmark
    public MappingOutcome mapARecordWithFiveReferences() {
        return mapping.map(record);
    }

    @Benchmark
    public Digest digestARecord() {
        return RecordDigest.of(record);
    }

    /** Of one record: a page has a thousand. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public boolean encodeUndoRecords() {
        return log.append(page);
    }

    /** A clock that stands. */
    private record Still(Instant instant) implements Time {
        @Override
        public void sleep(Duration duration) {
            throw new IllegalStateException("nothing here has to wait");
        }
    }
}
