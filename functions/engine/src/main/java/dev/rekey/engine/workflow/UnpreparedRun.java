package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.util.Optional;

/**
 * A run that is being prepared, or that stopped while it was: its tables are not laid out yet. It has written to no table
 * and holds no lock, so there is nothing to resume and nothing to take back.
 *
 * @param control of the run, which its preparation writes first
 */
public record UnpreparedRun(RunId run, Control control) {

    /** Empty if there is no such run, or it is prepared further. */
    public static Optional<UnpreparedRun> find(Documents documents, RunId run) {
        var folder = new RunFolder(run);
        return documents
                .find(folder.control(), Control.class)
                .map(Versioned::value)
                .filter(_ -> documents.find(folder.manifest(), Manifest.class).isEmpty())
                .map(control -> new UnpreparedRun(run, control));
    }

    /**
     * Ends the run: a preparation that still goes on finds that it was refused. Empty if it had ended, or went on
     * meanwhile.
     */
    public Optional<UnpreparedRun> stop(Documents documents) {
        if (!control.phase().isUnfinished()) {
            return Optional.empty();
        }
        var stopped = new ControlObject(documents, new RunFolder(run))
                .change(found -> Optional.of(found)
                        .filter(same -> same.epoch() == control.epoch() && same.phase() == Phase.ANALYZING)
                        .map(Control::refused));
        return Optional.of(new UnpreparedRun(run, stopped))
                .filter(one -> one.control().phase() == Phase.REFUSED);
    }

    /**
     * Why nothing can be done with the run but to stop it.
     *
     * @param verb what was to be done
     */
    public String refusal(String verb) {
        return control.phase().isUnfinished()
                ? "Cannot %s run %s: it is being prepared, or stopped during preparation. Nothing was changed. It has written to no table and holds no lock. End it with 'rekey stop --run %2$s', then start a new run."
                        .formatted(verb, run)
                : ("Cannot %s run %s: it was %s during preparation and has written to no table. Nothing was changed."
                                + " Start a new run.")
                        .formatted(verb, run, control.phase().phrase());
    }

    /** What stopping the run came to. */
    public String stopped() {
        return "Run " + run
                + " is stopped. It was not fully prepared, has written to no table and holds no lock. There is nothing to resume or roll back. Start a new run.";
    }
}
