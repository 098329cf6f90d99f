package dev.rekey.engine.status;

import dev.rekey.engine.run.RunId;
import java.util.Optional;

/**
 * What can be done with a run that has no worker.
 *
 * @param place the options that lead another command to the same stack, with a blank before each
 */
public record NextStep(RunSummary run, String place) {
    /** Empty if nothing has to be done. */
    public Optional<String> words() {
        boolean unfinished =
                run.control().filter(found -> found.phase().isUnfinished()).isPresent();
        if (!unfinished) {
            return Optional.empty();
        }
        if (run.manifest().isEmpty()) {
            return Optional.of("it" + unprepared(run.id(), place));
        }
        return run.manifest().get().mayWrite()
                ? Optional.of("it is unfinished and keeps its locks; continue with: rekey resume --run " + run.id()
                        + place + ", or roll it back with: rekey rollback --run " + run.id() + place)
                : Optional.empty();
    }

    /**
     * What to say of a run that stopped while it was prepared.
     *
     * @param place the options that lead another command to the same stack, with a blank before each
     */
    public static String unprepared(RunId run, String place) {
        return " stopped while it was prepared. It has written to no table and holds no lock. Start a new run, and end this one with: rekey stop --run "
                + run + place;
    }
}
