package dev.rekey.cli.progress;

import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.verify.Verdict;
import java.util.Optional;

/** Reads how far a run has come from what its workers write into its folder. */
public final class ProgressReader {
    private final Documents documents;
    private final RunFolder folder;
    private final RunId task;
    private final boolean verifying;
    private final Checkpoints checkpoints;
    private Optional<Manifest> manifest = Optional.empty();

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
        var control = documents.find(folder.control(), Control.class);
        if (manifest.isEmpty()) {
            manifest = documents.find(folder.manifest(), Manifest.class).map(Documents.Versioned::value);
        }
        if (control.isEmpty() || manifest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(progress(Activity.of(control.get().value().phase(), verifying)));
    }

    private Progress progress(Activity activity) {
        long expected = manifest.orElseThrow().tables().values().stream()
                .mapToLong(Manifest.TableOfRun::estimatedRecords)
                .sum();
        return switch (activity) {
            case READING -> simple(activity, read(Stage.ANALYZE), expected);
            case MIGRATING -> migrating(expected);
            case VERIFYING -> simple(activity, verified(), expected);
            case ROLLING_BACK -> simple(activity, undone(), read(Stage.COPY));
            case TESTING, ENDING -> simple(activity, 0, 0);
        };
    }

    private Progress migrating(long expected) {
        long copied = read(Stage.COPY);
        return new Progress(Activity.MIGRATING, copied, expected, copied + verified(), 2 * expected);
    }

    private long read(Stage stage) {
        return checkpoints.records(stage, "read"::equals);
    }

    /** Every verdict is about a record, but for one that is about a reference. */
    private long verified() {
        return checkpoints.records(Stage.verify(task, "source"), count -> !count.equals(Verdict.DANGLING.word()));
    }

    private long undone() {
        long overwriting = checkpoints.records(Stage.OVERWRITE, _ -> true);
        // A rollback that overwrites goes over everything anew.
        return overwriting > 0 ? overwriting : checkpoints.records(Stage.ROLLBACK, _ -> true);
    }

    private static Progress simple(Activity activity, long records, long expected) {
        return new Progress(activity, records, expected, records, expected);
    }
}
