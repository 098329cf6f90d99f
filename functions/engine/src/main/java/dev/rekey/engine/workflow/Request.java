package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Undoing;
import java.time.Instant;
import java.util.Optional;

/**
 * What an execution was started with.
 *
 * @param given the plan, where the action needs one
 * @param run the run to work on, where the action needs one
 * @param confirm the plan's name, typed by the user who started the execution
 * @param options what else is asked for
 * @param undoing for {@code rollback}: of what, and how
 * @param by the execution itself
 */
public record Request(
        Action action,
        Given given,
        Optional<String> run,
        Optional<String> confirm,
        RunOptions options,
        Undoing undoing,
        Execution by) {

    /**
     * What was handed in.
     *
     * @param planText the plan itself
     * @param files that the plan names
     * @param granted by the stack's parameters; empty if the stack does not say
     */
    public record Given(Optional<String> planText, FilesOfPlan files, Optional<GrantedTables> granted) {
        public Given(Optional<String> planText, FilesOfPlan files) {
            this(planText, files, Optional.empty());
        }
    }

    /**
     * An execution of the state machine.
     *
     * @param task the id that the execution has as a run of its own
     * @param caller who started it; empty if unknown
     */
    public record Execution(String arn, RunId task, Instant startedAt, Optional<Caller> caller) {}

    Optional<String> planText() {
        return given.planText();
    }

    Optional<GrantedTables> granted() {
        return given.granted();
    }

    FilesOfPlan files() {
        return given.files();
    }

    String execution() {
        return by.arn();
    }

    RunId task() {
        return by.task();
    }

    Instant startedAt() {
        return by.startedAt();
    }

    /** The same, of another plan. */
    Request ofPlan(String text) {
        return new Request(
                action,
                new Given(Optional.of(text), given.files(), given.granted()),
                run,
                confirm,
                options,
                undoing,
                by);
    }
}
