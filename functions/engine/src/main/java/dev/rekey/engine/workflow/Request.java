package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Undoing;
import java.time.Instant;
import java.util.Optional;

/**
 * What an execution was started with.
 *
 * @param planText the plan itself, where the action needs one
 * @param files that the plan names
 * @param run the run to work on, where the action needs one
 * @param confirm the plan's name, typed by the user who started the execution
 * @param options what else is asked for
 * @param undoing for {@code rollback}: of what, and how
 * @param execution ARN of the execution
 * @param task the id that the execution has as a run of its own
 */
public record Request(
        Action action,
        Optional<String> planText,
        MappingFiles files,
        Optional<String> run,
        Optional<String> confirm,
        RunOptions options,
        Undoing undoing,
        String execution,
        RunId task,
        Instant startedAt) {

    /** The same, of another plan. */
    Request ofPlan(String text) {
        return new Request(
                action, Optional.of(text), files, run, confirm, options, undoing, execution, task, startedAt);
    }
}
