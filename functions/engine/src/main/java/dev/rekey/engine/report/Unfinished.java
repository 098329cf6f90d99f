package dev.rekey.engine.report;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;

/** What an execution leaves behind that could not finish. */
final class Unfinished {
    private Unfinished() {}

    /** What to do about it, in sentences. */
    static String next(Action action, RunId run) {
        return switch (action) {
            case ANALYZE, VALIDATE, VERIFY -> "No table was written to. Start it again.";
            case TEST, MIGRATE, ROLLBACK, RESUME, STOP ->
                ("What it wrote is in its undo log, and its tables stay locked. Run: rekey resume --run %s"
                                + " or rekey rollback --run %s.")
                        .formatted(run, run);
        };
    }
}
