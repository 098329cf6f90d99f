package dev.rekey.engine.status;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.status.Checkpoints.OfSegment;
import dev.rekey.engine.status.RunProgress.OfTable;
import dev.rekey.engine.store.Documents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads how far a run has come from what its workers write into its folder. */
public final class ProgressReader {
    /** Verdicts about references; every other one is about a record. */
    private static final Set<Counted> OF_REFERENCES =
            Set.of(Counted.DANGLING, Counted.LATE_REFERENCE, Counted.GONE_REFERENCE, Counted.REMOVED_REFERENCE);

    /** What a rollback has to deal with. */
    private static final Set<Counted> WRITTEN =
            Set.of(Counted.CREATED, Counted.REPLACED, Counted.UPDATED, Counted.DELETED);

    private final Documents documents;
    private final RunFolder folder;
    private final RunId task;
    private final boolean verifying;
    private final Checkpoints checkpoints;
    private final Optional<WriteTrial> trial;
    private final Optional<ExecutionArn> execution;
    private Optional<Manifest> manifest = Optional.empty();
    private boolean divided;
    /** How many records the analysis has read of each table; known once it has ended. */
    private Map<TableName, Long> analyzed = Map.of();

    /**
     * @param task the execution that works on the run; the run itself unless it came later
     * @param verifying whether that execution only verifies
     */
    public ProgressReader(Documents documents, RunId run, RunId task, boolean verifying) {
        this(documents, run, task, verifying, Optional.empty(), Optional.empty());
    }

    /**
     * @param trial where the run's silence is to be explained
     * @param execution whose progress is read: none while the run is still that of an earlier one
     */
    public ProgressReader(
            Documents documents,
            RunId run,
            RunId task,
            boolean verifying,
            Optional<WriteTrial> trial,
            Optional<ExecutionArn> execution) {
        this.documents = documents;
        this.folder = new RunFolder(run);
        this.task = task;
        this.verifying = verifying;
        this.checkpoints = new Checkpoints(documents, folder);
        this.trial = trial;
        this.execution = execution;
    }

    /** Empty while the run is being prepared. */
    public Optional<RunProgress> read(Instant now) {
        return progress(now)
                .map(found -> found.isStale() ? found.refused(trial.flatMap(one -> one.refusal(now))) : found);
    }

    private Optional<RunProgress> progress(Instant now) {
        return control()
                .filter(control -> verifying || isTaken(control))
                .map(control -> verifying
                        ? verifying(control, now)
                        : switch (control.phase()) {
                            case ANALYZING -> reading(control, now);
                            case MIGRATING -> migrating(control, now);
                            case ROLLING_BACK -> undoing(control, now);
                            case TESTING -> progress(Activity.TESTING, control, now, List.of(), List.of());
                            case READ, REFUSED, MIGRATED, TESTED, ROLLED_BACK ->
                                progress(Activity.ENDING, control, now, List.of(), List.of());
                        });
    }

    /** Another execution may have taken the run over since. */
    private boolean isTaken(Control control) {
        return execution
                .map(ExecutionArn::value)
                .filter(one -> !control.execution().equals(one)
                        && !control.ownership().earlier().contains(one))
                .isEmpty();
    }

    private Optional<Control> control() {
        var control = documents.find(folder.control(), Control.class).map(Documents.Versioned::value);
        // While the data is read, the tables are not divided yet.
        if (manifest.isEmpty() || !divided) {
            divided = control.filter(found -> found.phase() != Phase.ANALYZING).isPresent();
            manifest = documents.find(folder.manifest(), Manifest.class).map(Documents.Versioned::value);
        }
        if (divided && analyzed.isEmpty()) {
            analyzed = sums(read(Stage.ANALYZE));
        }
        return manifest.isEmpty() ? Optional.empty() : control;
    }

    private RunProgress reading(Control control, Instant now) {
        var read = read(Stage.ANALYZE);
        var tables = tables(_ -> true, (name, table) -> {
            var segments = segments(read, table.sourceSegments().scans(), name);
            long records = sum(read, name);
            boolean counted = segments.isDone();
            return new OfTable(
                    table.level(),
                    name,
                    counted ? records : whileReading(read, name),
                    records,
                    Optional.empty(),
                    segments);
        });
        return progress(Activity.READING, control, now, tables, read);
    }

    private RunProgress migrating(Control control, Instant now) {
        var copied = read(Stage.COPY);
        var compared = verified();
        var tables = tables(_ -> true, (name, table) -> {
            var segments =
                    new RunProgress.Segments(finished(copied, name), finished(compared, name), table.allSegments());
            long records = sum(copied, name);
            return new OfTable(
                    table.level(),
                    name,
                    segments.areCopied() ? records : expected(name),
                    records,
                    Optional.of(sum(compared, name)),
                    segments);
        });
        var seen = Stream.concat(copied.stream(), compared.stream()).toList();
        return progress(verifiesALevel(tables) ? Activity.VERIFYING : Activity.COPYING, control, now, tables, seen);
    }

    /** Levels come one after the other, and each is verified before the next one begins. */
    private static boolean verifiesALevel(List<OfTable> tables) {
        int level = tables.stream()
                .filter(table -> !table.isDone())
                .mapToInt(OfTable::level)
                .min()
                .orElse(0);
        return tables.stream()
                .filter(table -> table.level() == level)
                .allMatch(table -> table.segments().areCopied());
    }

    private RunProgress verifying(Control control, Instant now) {
        var compared = verified();
        var copied = sums(read(Stage.COPY));
        var tables = tables(
                _ -> true,
                (name, table) -> new OfTable(
                        table.level(),
                        name,
                        copied.getOrDefault(name, expected(name)),
                        sum(compared, name),
                        Optional.empty(),
                        segments(compared, table.allSegments(), name)));
        return progress(Activity.VERIFYING, control, now, tables, compared);
    }

    /** Only what the run has copied is taken back, and of that only the part that somebody asked for. */
    private RunProgress undoing(Control control, Instant now) {
        var how = control.undoing();
        var undone = checkpoints.segments(how.stage(), _ -> true);
        var copied = checkpoints.segments(Stage.COPY, WRITTEN::contains);
        var part = how.onlyPart().map(Scope::tables).orElse(List.of());
        var tables = tables(
                name -> copied.stream().anyMatch(one -> one.table().equals(name))
                        && (part.isEmpty() || part.contains(name))
                        && !how.undone().contains(name),
                (name, table) -> {
                    int begun = (int) of(copied, unit(name)).count();
                    var segments = segments(undone, begun, name);
                    long records = sum(undone, name);
                    return new OfTable(
                            table.level(),
                            name,
                            segments.isDone() ? records : sum(copied, name),
                            records,
                            Optional.empty(),
                            segments);
                });
        return progress(Activity.UNDOING, control, now, tables, undone);
    }

    private RunProgress progress(
            Activity activity, Control control, Instant now, List<OfTable> tables, List<OfSegment> seen) {
        var histories = seen.stream().flatMap(one -> one.history().stream()).toList();
        return new RunProgress(
                activity,
                now,
                tables,
                Rates.of(histories, task.startedAt(), now),
                new RunProgress.Throttle(
                        control.paused(),
                        control.limits(),
                        (int) seen.stream().filter(OfSegment::slowed).count(),
                        seen.stream().mapToInt(OfSegment::retries).sum(),
                        Optional.empty()));
    }

    private interface Look {
        OfTable at(TableName name, Manifest.TableOfRun table);
    }

    private List<OfTable> tables(Predicate<TableName> wanted, Look look) {
        var tables = new ArrayList<OfTable>();
        for (var level : manifest.orElseThrow().levels()) {
            level.stream()
                    .sorted()
                    .filter(wanted)
                    .forEach(name ->
                            tables.add(look.at(name, manifest.orElseThrow().table(name))));
        }
        return tables;
    }

    /** Of tables that share one, all records are expected of the unit until they turn out to be another table's. */
    private long whileReading(List<OfSegment> read, TableName name) {
        if (!unit(name).equals(name)) {
            return sum(read, name);
        }
        long others = manifest.orElseThrow().sharing(name).stream()
                .filter(other -> !other.equals(name))
                .mapToLong(other -> sum(read, other))
                .sum();
        return Math.max(0, expected(name) - others);
    }

    /** What the analysis has counted; before that, what the probe of the source has estimated. */
    private long expected(TableName name) {
        return analyzed.getOrDefault(name, manifest.orElseThrow().table(name).estimatedRecords());
    }

    private RunProgress.Segments segments(List<OfSegment> segments, int all, TableName name) {
        int done = finished(segments, name);
        return new RunProgress.Segments(done, done, all);
    }

    /** Tables that share a physical table share its segments. */
    private int finished(List<OfSegment> segments, TableName name) {
        return (int) of(segments, unit(name)).filter(OfSegment::done).count();
    }

    private TableName unit(TableName name) {
        return manifest.orElseThrow().unit(name);
    }

    private static Stream<OfSegment> of(List<OfSegment> segments, TableName name) {
        return segments.stream().filter(one -> one.table().equals(name));
    }

    private List<OfSegment> read(Stage stage) {
        return checkpoints.segments(stage, Counted.READ::equals);
    }

    private List<OfSegment> verified() {
        return checkpoints.segments(Stage.verify(task, "source"), count -> !OF_REFERENCES.contains(count));
    }

    private static long sum(List<OfSegment> segments, TableName name) {
        return of(segments, name).mapToLong(OfSegment::records).sum();
    }

    private static Map<TableName, Long> sums(List<OfSegment> segments) {
        var sums = new HashMap<TableName, Long>();
        segments.forEach(one -> sums.merge(one.table(), one.records(), Long::sum));
        return sums;
    }
}
