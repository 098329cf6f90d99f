package dev.rekey.interpreter.ports;

import java.util.concurrent.CompletionStage;

/**
 * What stands behind one kind of {@code Resource}. Called on a thread of the executor that was handed in, so an
 * implementation may simply block and return a completed stage. A stage that completes exceptionally counts as failed
 * with {@code States.TaskFailed}. The stage is never cancelled: stopping an execution does not stop its tasks.
 */
@FunctionalInterface
public interface TaskIntegration {
    CompletionStage<TaskOutcome> run(TaskRequest request);
}
