package dev.rekey.engine.workflow;

import dev.rekey.core.plan.reading.Problem;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import java.util.List;

/** What the preparation came to. */
public sealed interface Prepared {
    /** Where the workflow begins. */
    enum Next {
        ANALYZE,
        TEST,
        MIGRATE,
        VERIFY,
        UNDO,
        STOP
    }

    /**
     * The run is ready.
     *
     * @param action what the workflow does from here on
     * @param levels number of levels, at least 1
     * @param options what was asked for when the run was started
     */
    record Ready(String action, RunId run, Next next, int epoch, int levels, RunOptions options) implements Prepared {}

    /**
     * The run may not start.
     *
     * @param cause what could not be done, the fact, what was left unchanged, what to do next
     * @param problems with the plan, if that is why
     */
    record Refused(String cause, List<Problem> problems) implements Prepared {
        static Refused because(String cause) {
            return new Refused(cause, List.of());
        }
    }
}
