package dev.rekey.engine.workflow;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.WorkLists;
import java.util.List;

/** What the preparation came to. */
public sealed interface Prepared {
    /** Where the workflow begins. */
    enum Next {
        MERGE,
        /** The plan says which records are merged, so that no table has to be read first. */
        DECIDE,
        ANALYZE,
        TEST,
        MIGRATE,
        VERIFY,
        UNDO,
        STOP
    }

    /** Where a run begins that has read nothing yet. */
    static Next first(Action action, Plan plan) {
        if (action == Action.TEST) {
            return Next.TEST;
        }
        // What is merged and what is created must be known before anything is mapped.
        if (plan.merges() || plan.creates()) {
            return WorkLists.looksForCandidates(plan) ? Next.MERGE : Next.DECIDE;
        }
        return Next.ANALYZE;
    }

    /**
     * The run is ready.
     *
     * @param action what the workflow does from here on
     * @param levels number of levels, at least 1
     * @param lowestUndone the level that a rollback ends with
     * @param options what was asked for when the run was started
     * @param verifyUndone whether what is undone is compared afterwards
     * @param idle the levels in which a rollback finds nothing to undo
     */
    record Ready(
            String action,
            RunId run,
            Next next,
            int epoch,
            int levels,
            int lowestUndone,
            RunOptions options,
            boolean verifyUndone,
            List<Integer> idle)
            implements Prepared {
        /** Compares nothing that is undone. */
        public Ready(String action, RunId run, Next next, int epoch, int levels, int lowestUndone, RunOptions options) {
            this(action, run, next, epoch, levels, lowestUndone, options, false, List.of());
        }

        Ready idleIn(List<Integer> levelsWithoutWork) {
            return new Ready(action, run, next, epoch, levels, lowestUndone, options, verifyUndone, levelsWithoutWork);
        }
    }

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
