package dev.rekey.cli.text;

import dev.rekey.cli.text.Checkpoints.OfSegment;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how far a run has come from what its workers write into its folder. */
public final class ProgressReader {
    private final Documents documents;
    private final RunFolder folder;
    private final RunId task;
    private final boolean verifying;
    private final Checkpoints checkpoints;
    private Optional<Manifest> manifest = Optional.empty();
    private boolean divided;

    /**
     * @param task the execution that works on the run; the run itself unless it came later
     * @param verifying whether that execution only verifies
     */
    public ProgressReader(Documents documents, RunId run, RunId task, boolean verifying) {
        this.documents = documents;
        this.folder = new RunFolder(run);
        this.task = task;
        this.verifying = verifying;
        this.checkpoints = new Checkpoints(documents, folder);
    }

    /** Empty while the run is being prepared. */
    public Optional<Progress> read() {
        return control().map(control -> progress(Activity.of(control.phase(), verifying)));
    }

    /** The same, and more; empty while the run is being prepared. */
    public Optional<RunProgress> readTables() {
        return control().map(control -> tables(control, Activity.of(control.phase(), verifying)));
    }

    private Optional<Control> control() {
        var control = documents.find(folder.control(), Control.class).map(Documents.Versioned::value);
        // While the data is read, the tables are not divided yet.
        if (manifest.isEmpty() || !divided) {
            divided = control.filter(found -> found.phase() != Phase.ANALYZING).isPresent();
            manifest = documents.find(folder.manifest(), Manifest.class).map(Documents.Versioned::value);
        }
        return manifest.isEmpty() ? Optional.empty() : control;
    }

    private Progress progress(Activity activity) {
        long expected = manifest.orElseThrow().tables().values().stream()
                .filter(table -> table.unit().isEmpty())
                .mapToLong(Manifest.TableOfRun::estimatedRecords)
                .sum();
        return switch (activity) {
            case READING -> simple(activity, sum(read(Stage.ANALYZE)), expected);
            case MIGRATING -> migrating(expected);
            case VERIFYING -> simple(activity, sum(verified()), expected);
            case ROLLING_BACK -> simple(activity, sum(undone()), sum(read(Stage.COPY)));
            case TESTING, ENDING -> simple(activity, 0, 0);
        };
    }

    private Progress migrating(long expected) {
        long copied = sum(read(Stage.COPY));
        return new Progress(Activity.MIGRATING, copied, expected, copied + sum(verified()), 2 * expected);
    }

    private RunProgress tables(Control control, Activity activity) {
        var segments = switch (activity) {
            case READING -> read(Stage.ANALYZE);
            case MIGRATING -> read(Stage.COPY);
            case VERIFYING -> verified();
            case ROLLING_BACK -> undone();
            case TESTING, ENDING -> List.<OfSegment>of();
        };
        var compared = activity == Activity.MIGRATING ? verified() : segments;
        var tables = new ArrayList<RunProgress.OfTable>();
        var expected = expected();
        for (var level : manifest.orElseThrow().levels()) {
            level.stream()
                    .sorted()
                    .forEach(table -> tables.add(ofTable(table, expected.get(table), activity, segments, compared)));
        }
        var seen = activity == Activity.MIGRATING
                ? Stream.concat(segments.stream(), compared.stream()).toList()
                : segments;
        return new RunProgress(
                progress(activity),
                tables,
                control.paused(),
                control.limits(),
                seen.stream().mapToInt(OfSegment::retries).sum(),
                (int) seen.stream().filter(OfSegment::slowed).count());
    }

    /** Of tables that share a physical table, only the analysis knows how many records each has. */
    private Map<TableName, Long> expected() {
        var tables = manifest.orElseThrow();
        boolean shared = tables.units().size() < tables.tables().size();
        var analyzed = shared ? read(Stage.ANALYZE) : List.<OfSegment>of();
        var expected = new HashMap<TableName, Long>();
        tables.tables().forEach((name, table) -> {
            boolean alone = tables.sharing(tables.unit(name)).size() == 1;
            expected.put(
                    name,
                    alone
                            ? table.estimatedRecords()
                            : sum(analyzed.stream()
                                    .filter(one -> one.table().equals(name))
                                    .toList()));
        });
        return expected;
    }

    private RunProgress.OfTable ofTable(
            TableName name, long expected, Activity activity, List<OfSegment> segments, List<OfSegment> compared) {
        var table = manifest.orElseThrow().table(name);
        var ours = segments.stream().filter(one -> one.table().equals(name)).toList();
        var theirs = compared.stream().filter(one -> one.table().equals(name)).toList();
        int done = Math.min(finished(ours), finished(theirs));
        int all = activity == Activity.READING ? table.sourceSegments().scans() : table.allSegments();
        return new RunProgress.OfTable(table.level(), name, expected, sum(ours), sum(theirs), done, all);
    }

    private static int finished(List<OfSegment> segments) {
        return (int) segments.stream().filter(OfSegment::done).count();
    }

    private List<OfSegment> read(Stage stage) {
        return checkpoints.segments(stage, Counted.READ::equals);
    }

    /** Every verdict is about a record, but for one that is about a reference. */
    private List<OfSegment> verified() {
        return checkpoints.segments(Stage.verify(task, "source"), count -> count != Counted.DANGLING);
    }

    private List<OfSegment> undone() {
        var overwriting = checkpoints.segments(Stage.OVERWRITE, _ -> true);
        // A rollback that overwrites goes over everything anew.
        return sum(overwriting) > 0 ? overwriting : checkpoints.segments(Stage.ROLLBACK, _ -> true);
    }

    private static long sum(List<OfSegment> segments) {
        return segments.stream().mapToLong(OfSegment::records).sum();
    }

    private static Progress simple(Activity activity, long records, long expected) {
        return new Progress(activity, records, expected, records, expected);
    }
}
