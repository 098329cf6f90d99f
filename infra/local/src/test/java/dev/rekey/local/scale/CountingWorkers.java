package dev.rekey.local.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.analyze.Matches;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.RecordCount;
import dev.rekey.engine.segment.SegmentStatistics;
import dev.rekey.engine.segment.SizeHistogram;
import dev.rekey.engine.segment.Units;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.verify.LevelMatched;
import dev.rekey.engine.verify.VerifyWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Workers that touch no record: they answer, and leave in the bucket, what real ones would of segments of that size.
 */
final class CountingWorkers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] DONE = bytes("{\"outcome\":\"done\"}");
    private static final SegmentStatistics OF_ONE = ofOne();

    private final SizedTables source;
    private final Documents documents;
    private final String plan;
    private final long recordsPerInvocation;
    private final Map<String, Long> pagesDone = new ConcurrentHashMap<>();
    private final AtomicReference<RunContext> opened = new AtomicReference<>();

    /** @param recordsPerInvocation what a worker does in one invocation */
    CountingWorkers(SizedTables source, Documents documents, String plan, long recordsPerInvocation) {
        this.source = source;
        this.documents = documents;
        this.plan = plan;
        this.recordsPerInvocation = recordsPerInvocation;
    }

    byte[] analyze(byte[] payload) throws IOException {
        return invocation("analyze", JSON.readTree(payload), Stage.ANALYZE);
    }

    byte[] copy(byte[] payload) throws IOException {
        var asked = JSON.readTree(payload);
        return asked.path("access").asBoolean() ? bytes("{\"denied\":\"\"}") : invocation("copy", asked, Stage.COPY);
    }

    byte[] verify(byte[] payload) throws IOException {
        var asked = JSON.readTree(payload);
        var side = item(asked).side().orElseThrow();
        return invocation(
                "verify-" + side,
                asked,
                Stage.verify(new RunId(asked.at("/task").textValue()), side));
    }

    byte[] match(byte[] payload) throws IOException {
        var asked = JSON.readTree(payload);
        var item = item(asked);
        var run = run(asked);
        var task = new RunId(asked.at("/task").textValue());
        if (item.level() == 0) {
            var matched = new Matched(
                    new Matched.Identities(Map.of(), List.of(), List.of(), List.of(), Map.of()),
                    Matched.Keys.NONE,
                    List.of(),
                    List.of(),
                    0);
            Matches.write(documents, run, item.index(), matched);
        } else {
            var join = VerifyWork.join(task, item.level());
            documents.put(run.folder().match(join, item.index()), new LevelMatched(Map.of(), List.of()));
        }
        return DONE;
    }

    private byte[] invocation(String what, JsonNode asked, Stage stage) {
        var item = item(asked);
        var run = run(asked);
        var table = run.manifest().table(item.table().orElseThrow());
        long records = SizedTables.share(
                source.records().getOrDefault(table.source().table().name(), 0L), item.index(), item.of());
        long invocations = Math.max(1, (records + recordsPerInvocation - 1) / recordsPerInvocation);
        var name = what + item;
        long done = pagesDone.merge(name, 1L, Long::sum);
        if (done < invocations) {
            return bytes(
                    "{\"outcome\":\"more\",\"page\":" + done * recordsPerInvocation / SizedTables.PAGE_RECORDS + "}");
        }
        documents.put(
                run.folder().checkpoint(stage, item.table().orElseThrow(), item.segment()), checkpoint(stage, records));
        return DONE;
    }

    private static Checkpoint checkpoint(Stage stage, long records) {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        var statistics = Optional.<SegmentStatistics>empty();
        if (stage.equals(Stage.ANALYZE)) {
            counts.put(Counted.READ, records);
            counts.put(Counted.BYTES, records * SizedTables.RECORD_BYTES);
            counts.put(Counted.TARGET_BYTES, records * SizedTables.RECORD_BYTES);
            statistics = Optional.of(times(records));
        } else {
            counts.put(stage.equals(Stage.COPY) ? Counted.CREATED : Counted.MATCHED, records);
        }
        var none = Checkpoint.beginning();
        return new Checkpoint(
                none.format(),
                new Checkpoint.Progress(
                        (int) (records / SizedTables.PAGE_RECORDS + 1), Optional.empty(), true, none.logged()),
                new Checkpoint.Collected(
                        counts, statistics, Map.of(), none.collected().passage()),
                none.history(),
                none.pace(),
                none.lease());
    }

    private static SegmentStatistics ofOne() {
        var count = new RecordCount();
        count.attributes(SizedTables.RECORD);
        count.target(
                SizedTables.RECORD,
                SizedTables.RECORD_BYTES,
                new SizedTables(Map.of()).describe(new PhysicalTable("any")).orElseThrow());
        return count.statistics();
    }

    /** What {@code records} of them together come to. */
    private static SegmentStatistics times(long records) {
        var attributes = new TreeMap<String, Map<String, Long>>();
        OF_ONE.attributes().forEach((name, types) -> attributes.put(name, multiplied(types, records)));
        var sizes = OF_ONE.targetSizes();
        var units = new HashMap<>(multiplied(OF_ONE.units(), records));
        units.put(Cost.PAGES, records / SizedTables.PAGE_RECORDS + 1);
        units.put(Cost.SOURCE_SCAN, Units.reads(records * SizedTables.RECORD_BYTES));
        return new SegmentStatistics(
                new SizeHistogram(sizes.min(), sizes.max(), multiplied(sizes.buckets(), records)),
                attributes,
                0,
                Map.of(),
                units);
    }

    private static <K extends Comparable<K>> Map<K, Long> multiplied(Map<K, Long> counts, long by) {
        var all = new TreeMap<K, Long>();
        counts.forEach((key, count) -> all.put(key, count * by));
        return all;
    }

    private RunContext run(JsonNode asked) {
        var known = opened.get();
        if (known != null) {
            return known;
        }
        var folder = new RunFolder(new RunId(asked.at("/run").textValue()));
        var manifest = documents.get(folder.manifest(), Manifest.class).value();
        if (!(PlanReader.read(plan) instanceof PlanReading.Valid valid)) {
            throw new IllegalStateException("the plan was read before");
        }
        var run = RunContext.of(valid.plan(), manifest, Orphans.NONE);
        opened.set(run);
        return run;
    }

    private static WorkItem item(JsonNode asked) {
        return Documents.decode(
                new RunFolder(new RunId(asked.at("/run").textValue())).key("the work item"),
                bytes(asked.required("item").toString()),
                WorkItem.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
