package dev.rekey.cli.command;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Consumed;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.History;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes into a bucket what the workflow's functions write there for a run of one table, Contacts. */
public record RunFiles(Objects bucket, RunId run) {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        tables: { Contacts: {} }
        """;
    private static final TableName CONTACTS = new TableName("Contacts");

    /** Prepared: the manifest and the control object. */
    public RunFiles prepared(String action, Phase phase, String execution, long records) {
        var folder = new RunFolder(run);
        bucket.put(folder.planAsWritten(), PLAN.getBytes(StandardCharsets.UTF_8));
        bucket.put(folder.manifest(), Documents.encode(manifest(action, execution, records)));
        bucket.put(folder.control(), Documents.encode(Control.start(phase, execution)));
        return this;
    }

    /** A run on New Year's Day that analyzed a plan. */
    static RunId analyzed(Objects bucket, Fingerprint plan) {
        var run = new RunId("20260101T000000000Z-00000001");
        var _ = new RunFiles(bucket, run)
                .prepared("analyze", Phase.READ, "arn:aws:x:one", 0)
                .ofPlan(plan);
        return run;
    }

    /** Of another plan than the one that lies there. */
    private RunFiles ofPlan(Fingerprint fingerprint) {
        var key = new RunFolder(run).manifest();
        var one = Documents.decode(key, bucket.get(key).orElseThrow().content(), Manifest.class);
        var origin = one.origin();
        var other = new Manifest(
                one.format(),
                new Manifest.Origin(
                        origin.run(),
                        origin.action(),
                        origin.execution(),
                        origin.startedAt(),
                        origin.plan(),
                        fingerprint,
                        origin.options(),
                        origin.caller()),
                one.levels(),
                one.tables(),
                one.beside(),
                one.partitions(),
                one.earlier());
        bucket.put(key, Documents.encode(other));
        return this;
    }

    /** The records of {@code kind} are in the table Contacts, too. */
    public RunFiles withKind(TableName kind) {
        var key = new RunFolder(run).manifest();
        var one = Documents.decode(key, bucket.get(key).orElseThrow().content(), Manifest.class);
        var contacts = one.table(CONTACTS);
        var other = new TableOfRun(
                contacts.level(),
                contacts.source(),
                contacts.target(),
                contacts.sourceSegments(),
                contacts.targetSegments(),
                contacts.probe(),
                Optional.of(CONTACTS));
        var both = new Manifest(
                one.format(),
                one.origin(),
                List.of(List.of(CONTACTS, kind)),
                Map.of(CONTACTS, contacts, kind, other),
                one.beside(),
                one.partitions(),
                one.earlier());
        bucket.put(key, Documents.encode(both));
        return this;
    }

    /** A segment of the table Contacts of which so many records of each kind were read. */
    public RunFiles checkpoint(Stage stage, int segment, Map<TableName, Long> read) {
        var byTable = read.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, of -> new Gathered(Map.of(Counted.READ, of.getValue()))));
        long all = read.values().stream().mapToLong(records -> records).sum();
        var collected = new Checkpoint.Collected(
                Map.of(Counted.READ, all), Optional.empty(), Map.of(), Optional.empty(), byTable);
        return checkpoint(stage, segment, false, collected, Optional.empty());
    }

    /** One segment's checkpoint in {@code stage}. */
    public RunFiles checkpoint(Stage stage, int segment, boolean done, Map<Counted, Long> counts) {
        return checkpoint(stage, segment, done, collected(counts), Optional.empty());
    }

    /** The same, of a worker that began at {@code begun} and did all of it at {@code saved}. */
    public RunFiles checkpoint(
            Stage stage, int segment, boolean done, Map<Counted, Long> counts, Instant begun, Instant saved) {
        long records = counts.values().stream().mapToLong(count -> count).sum();
        var marks = List.of(new History.Mark(saved, records));
        var history = new History(begun, 1, 0, Consumed.NOTHING, marks);
        return checkpoint(stage, segment, done, collected(counts), Optional.of(history));
    }

    private static Checkpoint.Collected collected(Map<Counted, Long> counts) {
        return new Checkpoint.Collected(counts, Optional.empty(), Map.of(), Optional.empty());
    }

    private RunFiles checkpoint(
            Stage stage, int segment, boolean done, Checkpoint.Collected collected, Optional<History> history) {
        var checkpoint = new Checkpoint(
                1,
                new Checkpoint.Progress(1, Optional.empty(), done, 0),
                collected,
                history,
                Optional.empty(),
                Optional.empty());
        bucket.put(
                new RunFolder(run).checkpoint(stage, CONTACTS, new Segment(segment, 2)), Documents.encode(checkpoint));
        return this;
    }

    /** What holds the run's workers back. */
    public RunFiles control(Control control) {
        bucket.put(new RunFolder(run).control(), Documents.encode(control));
        return this;
    }

    private Manifest manifest(String action, String execution, long records) {
        var table = new TableOfRun(
                1,
                shape("staging"),
                shape("production"),
                new Manifest.Segments(2),
                new Manifest.Segments(2),
                new Manifest.Probe(true, records, 100 * records));
        return new Manifest(
                1,
                new Manifest.Origin(
                        run,
                        action,
                        execution,
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        new PlanName("promote"),
                        new Fingerprint("00"),
                        dev.rekey.engine.run.RunOptions.NOTHING,
                        Optional.empty()),
                List.of(List.of(CONTACTS)),
                Map.of(CONTACTS, table),
                Map.of(),
                1,
                List.of());
    }

    private static TableShape shape(String side) {
        return new TableShape(
                new PhysicalTable("Contacts-" + side),
                "000000000000",
                "us-east-1",
                new KeyAttribute("id", KeyType.S),
                Optional.empty(),
                Map.of());
    }
}
