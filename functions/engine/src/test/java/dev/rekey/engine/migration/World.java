package dev.rekey.engine.migration;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.scan.SegmentProbe;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryFiles;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.workflow.ColdProcess;
import dev.rekey.engine.workflow.FilesOfPlan;
import dev.rekey.engine.workflow.FrozenRuns;
import dev.rekey.engine.workflow.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables, bucket and clock of a test: the same seed gives the same world. */
final class World {
    private static final Duration INVOCATION = Duration.ofSeconds(60);

    private final InMemoryTables memory = new InMemoryTables();
    private final InMemoryObjects objects = new InMemoryObjects();
    private final SteppingTime time = new SteppingTime();
    private final Faults faults = new Faults();
    private final Random random = new Random(42);
    private Optional<Tables> replaced = Optional.empty();
    private Optional<Objects> bucket = Optional.empty();
    private final Map<String, byte[]> files = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final FakeExecutions executions = new FakeExecutions();
    private boolean apart;
    private int pageLimit;
    private long bytesPerRange = SegmentProbe.BYTES_PER_SEGMENT;
    private Supplier<FrozenRuns> runs = ColdProcess::runs;
    private int invocations;

    World() {
        memory.intercept(faults);
        objects.intercept(faults);
    }

    InMemoryTables memory() {
        return memory;
    }

    InMemoryObjects objects() {
        return objects;
    }

    SteppingTime time() {
        return time;
    }

    Faults faults() {
        return faults;
    }

    Tables tables() {
        return replaced.orElseGet(() -> new ShortPages(memory, () -> pageLimit));
    }

    private Tables tables(Side side) {
        return apart ? new OneSide(side, tables()) : tables();
    }

    /** From now on, each side knows only the tables that its template names. */
    void keepSidesApart() {
        apart = true;
    }

    /** From now on these are the tables, which ask the others. */
    void replaceTables(Tables tables) {
        replaced = Optional.of(tables);
    }

    /** From now on this is the bucket, which asks the other. */
    void replaceObjects(Objects other) {
        bucket = Optional.of(other);
    }

    /** Scans give at most so many records from now on. */
    void pageLimit(int records) {
        pageLimit = records;
    }

    /** A partition key value is cut after so many bytes from now on. */
    void bytesPerRange(long bytes) {
        bytesPerRange = bytes;
    }

    long bytesPerRange() {
        return bytesPerRange;
    }

    Invocation invocation() {
        return invocation(INVOCATION);
    }

    Invocation invocation(Duration length) {
        return new Invocation(
                "invocation-" + invocations++,
                time.instant().plus(length),
                time,
                new InThread(),
                random,
                dead::contains);
    }

    /** From now on, two pages of a table are too much for one invocation. */
    void readSlowly(String physical) {
        faults.after(
                "scan",
                physical,
                0,
                Integer.MAX_VALUE,
                () -> time.sleep(INVOCATION.multipliedBy(2).dividedBy(3)));
    }

    Documents documents(Invocation invocation) {
        return new Documents(bucket.orElse(objects), invocation.backoff());
    }

    /** What is frozen is read again each time, unless functions are warm. */
    Ports ports(Invocation invocation) {
        return new Ports(
                documents(invocation),
                Sides.of(this::tables, _ -> new InMemoryFiles("files", objects)),
                this::executions,
                () -> _ -> false,
                runs.get(),
                invocation);
    }

    /** From here on, one process does everything. */
    void warm() {
        var kept = ColdProcess.runs();
        runs = () -> kept;
    }

    /** A file beside every plan. */
    void file(String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    FilesOfPlan files() {
        return name -> Optional.ofNullable(files.get(name));
    }

    FakeExecutions executions() {
        return executions;
    }

    /** Every invocation until now was that of a process that is known to be gone. */
    void processDied() {
        for (int i = 0; i < invocations; i++) {
            dead.add("invocation-" + i);
        }
    }

    /** After this, every lease has run out. */
    void waitForLeases() {
        time.sleep(INVOCATION.plus(Invocation.GRACE).plusSeconds(6));
    }

    /** A table with the key {@code id} on both sides. */
    void create(String name, KeyType type) {
        memory.createTable(shape("src-" + name, type));
        memory.createTable(shape("dst-" + name, type));
    }

    static TableShape shape(String name, KeyType type) {
        return new TableShape(
                new PhysicalTable(name),
                "000000000000",
                "eu-west-1",
                new KeyAttribute("id", type),
                Optional.empty(),
                Map.of());
    }

    void load(String physical, Map<String, AttributeValue> item) {
        memory.load(new PhysicalTable(physical), List.of(item));
    }

    /** Puts {@code record} there with another value of one attribute. */
    void change(String physical, Map<String, AttributeValue> record, String name, String value) {
        var changed = new LinkedHashMap<>(record);
        changed.put(name, AttributeValue.fromS(value));
        load(physical, changed);
    }

    void delete(String physical, Map<String, AttributeValue> item) {
        var table = new PhysicalTable(physical);
        var shape = memory.describe(table).orElseThrow();
        var _ = memory.delete(table, shape.keyOf(item), new Tables.Expected.Attributes(item));
    }

    List<Map<String, AttributeValue>> items(String physical) {
        return memory.items(new PhysicalTable(physical));
    }

    /** Everything in the tables, as text. */
    String dump() {
        return memory.dump();
    }

    /** A record of strings: name, value, name, value. */
    static Map<String, AttributeValue> record(String... namesAndValues) {
        var record = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put(namesAndValues[i], AttributeValue.fromS(namesAndValues[i + 1]));
        }
        return record;
    }

    /** Records {@code r0}, {@code r1} and so on, with a value each. */
    void fill(String physical, int records) {
        memory.load(
                new PhysicalTable(physical),
                IntStream.range(0, records)
                        .mapToObj(i -> record("id", "r" + i, "v", "value " + i))
                        .toList());
    }
}
