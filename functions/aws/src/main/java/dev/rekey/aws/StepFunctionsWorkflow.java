package dev.rekey.aws;

import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.StoreException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** The state machine as Step Functions runs it. */
public final class StepFunctionsWorkflow implements Workflow {
    private final SfnClient client;
    private final String stateMachineArn;
    private final Explanation faults;

    /** Says what an exception of the SDK means to whoever started something. */
    @FunctionalInterface
    public interface Explanation {
        /** @param verb what cannot be done, such as {@code start execution x} */
        StoreException explain(String verb, SdkException failure);
    }

    public StepFunctionsWorkflow(SfnClient client, String stateMachineArn, Explanation faults) {
        this.client = client;
        this.stateMachineArn = stateMachineArn;
        this.faults = faults;
    }

    @Override
    public Started start(ExecutionName name, String input) {
        try {
            var started = client.startExecution(request ->
                    request.stateMachineArn(stateMachineArn).name(name.value()).input(input));
            return new Started(
                    new ExecutionArn(started.executionArn()),
                    started.startDate().truncatedTo(ChronoUnit.MILLIS));
        } catch (SdkException e) {
            throw faults.explain("start execution " + name, e);
        }
    }

    @Override
    public Seen describe(ExecutionArn execution) {
        try {
            var answer = client.describeExecution(request -> request.executionArn(execution.value()));
            return new Seen(
                    new ExecutionName(answer.name()), answer.startDate().truncatedTo(ChronoUnit.MILLIS), state(answer));
        } catch (ExecutionDoesNotExistException e) {
            throw new StoreException(
                    StoreException.Kind.MISSING,
                    "Cannot describe execution " + execution
                            + ": Step Functions has no such execution. This command wrote to no table. Try again in a minute, or find it with 'rekey runs'.",
                    e);
        } catch (SdkException e) {
            throw faults.explain("describe execution " + execution, e);
        }
    }

    private static State state(DescribeExecutionResponse answer) {
        return switch (answer.status()) {
            case RUNNING, PENDING_REDRIVE -> new State.Running();
            case SUCCEEDED -> new State.Succeeded(said(answer.output()));
            case FAILED -> new State.Failed(said(answer.error()), said(answer.cause()));
            case ABORTED, TIMED_OUT, UNKNOWN_TO_SDK_VERSION -> new State.Stopped(answer.statusAsString(), why(answer));
        };
    }

    private static String why(DescribeExecutionResponse answer) {
        return Stream.of(said(answer.error()), said(answer.cause()))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
    }

    private static String said(String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
