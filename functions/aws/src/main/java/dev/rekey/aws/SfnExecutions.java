package dev.rekey.aws;

import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Standing;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

/** Executions of Step Functions. Whoever asks can do without an answer: what is refused or lost is unknown. */
final class SfnExecutions implements Executions {
    private static final String NAME = "Rekey.Stopped";

    private final SfnClient client;

    SfnExecutions(SfnClient client) {
        this.client = client;
    }

    @Override
    public Standing of(String execution) {
        return told(() -> {
            var status = client.describeExecution(request -> request.executionArn(execution))
                    .status();
            return status == ExecutionStatus.RUNNING ? new Standing.Running() : new Standing.Ended(status.toString());
        });
    }

    @Override
    public Standing ofMapRuns(String execution) {
        return told(() -> {
            boolean going = client.listMapRunsPaginator(request -> request.executionArn(execution)).mapRuns().stream()
                    .anyMatch(this::isGoing);
            return going ? new Standing.Running() : new Standing.Ended("all ended");
        });
    }

    @Override
    public void stop(String execution, String cause) {
        var _ = told(() -> {
            client.stopExecution(
                    request -> request.executionArn(execution).error(NAME).cause(cause));
            return new Standing.Ended("asked to end");
        });
    }

    private boolean isGoing(MapRunListItem run) {
        return run.stopDate() == null
                && client.describeMapRun(request -> request.mapRunArn(run.mapRunArn()))
                                .status()
                        == MapRunStatus.RUNNING;
    }

    private static Standing told(Supplier<Standing> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            return new Standing.Unknown(String.valueOf(e.getMessage()));
        }
    }
}
