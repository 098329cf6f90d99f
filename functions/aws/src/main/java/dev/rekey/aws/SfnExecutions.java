package dev.rekey.aws;

import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.store.Executions;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

/** Executions of Step Functions. An answer is optional: a refused or lost one counts as unknown. */
final class SfnExecutions implements Executions {
    private static final String NAME = "Rekey.Stopped";

    private final SfnClient client;

    SfnExecutions(SfnClient client) {
        this.client = client;
    }

    @Override
    public ExecutionState of(String execution) {
        return told(() -> {
            var status = client.describeExecution(request -> request.executionArn(execution))
                    .status();
            return status == ExecutionStatus.RUNNING
                    ? new ExecutionState.Running()
                    : new ExecutionState.Ended(status.toString());
        });
    }

    @Override
    public ExecutionState ofMapRuns(String execution) {
        return told(() -> {
            boolean going = client.listMapRunsPaginator(request -> request.executionArn(execution)).mapRuns().stream()
                    .anyMatch(this::isGoing);
            return going ? new ExecutionState.Running() : new ExecutionState.Ended("all ended");
        });
    }

    @Override
    public void stop(String execution, String cause) {
        var _ = told(() -> {
            client.stopExecution(
                    request -> request.executionArn(execution).error(NAME).cause(cause));
            return new ExecutionState.Ended("asked to end");
        });
    }

    private boolean isGoing(MapRunListItem run) {
        return run.stopDate() == null
                && client.describeMapRun(request -> request.mapRunArn(run.mapRunArn()))
                                .status()
                        == MapRunStatus.RUNNING;
    }

    private static ExecutionState told(Supplier<ExecutionState> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            return new ExecutionState.Unknown(String.valueOf(e.getMessage()));
        }
    }
}
