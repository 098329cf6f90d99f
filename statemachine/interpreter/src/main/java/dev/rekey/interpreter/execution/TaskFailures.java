package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.ports.TaskOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The outcomes of tasks that no integration gave. */
final class TaskFailures {
    private TaskFailures() {}

    static TaskOutcome unexpected(Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return TaskOutcome.failed(ErrorNames.TASK_FAILED, String.valueOf(reason));
    }

    static CompletionStage<TaskOutcome> failed(Throwable e) {
        return CompletableFuture.completedFuture(unexpected(e));
    }

    static CompletionStage<TaskOutcome> unknown(String resource) {
        return CompletableFuture.completedFuture(
                TaskOutcome.failed(ErrorNames.RUNTIME, "No integration handles the resource '" + resource + "' here."));
    }
}
