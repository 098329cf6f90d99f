package dev.rekey.engine.report;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.TableLocks;
import dev.rekey.engine.store.Documents;
import java.util.Optional;

/** Says how far a run has come when an execution ends, and gives the locks back. */
record RunEnd(Documents documents, RunContext run) {
    /** Whether another execution has taken the run since {@code epoch}. */
    boolean isSuperseded(int epoch) {
        var control = documents.get(run.folder().control(), Control.class);
        return control.value().epoch() != epoch;
    }

    /** Ends the run, where this is its end. False if another execution has taken it. */
    boolean end(int epoch, RunOutcome ending) {
        var phase = phase(ending);
        if (phase.isPresent()) {
            var control = new ControlObject(documents, run.folder())
                    .change(found -> Optional.of(found)
                            .filter(ours -> ours.epoch() == epoch)
                            .map(ours -> ended(ours, phase.get())));
            if (control.epoch() != epoch) {
                // Another execution has taken the run, and its locks.
                return false;
            }
            var targets = run.manifest().tables().values().stream()
                    .map(TableOfRun::target)
                    .toList();
            new TableLocks(documents).release(run.manifest().run(), targets);
        }
        return true;
    }

    private static Control ended(Control control, Phase phase) {
        return control.undoing().leavesTheRest()
                // The rest of the run stays migrated. What was undone stays written down: a report that is made
                // again, because its answer was lost, must not end the whole run.
                ? control.in(Phase.MIGRATED)
                : control.in(phase);
    }

    /** How far the run has come; empty if that does not change. */
    static Optional<Phase> phase(RunOutcome ending) {
        return switch (ending) {
            case ANALYZED -> Optional.of(Phase.READ);
            case REFUSED -> Optional.of(Phase.REFUSED);
            case TESTED -> Optional.of(Phase.TESTED);
            case MIGRATED -> Optional.of(Phase.MIGRATED);
            case ROLLED_BACK -> Optional.of(Phase.ROLLED_BACK);
            case VERIFIED, STOPPED, INCOMPLETE -> Optional.empty();
        };
    }
}
