package dev.rekey.interpreter;

import dev.rekey.interpreter.api.*;
import dev.rekey.interpreter.history.HistoryEvent;
import dev.rekey.interpreter.task.TaskToken;
import java.time.Instant;
import java.util.Optional;

/**
 * The service on one machine: state machines, executions, Map Runs and task tokens, durable in the {@link
 * dev.rekey.interpreter.store.Store} handed in. All methods are safe for use by many threads and throw {@link
 * StepFunctionsException} when they refuse; then nothing was changed.
 */
public final class StepFunctions implements AutoCloseable {

    private final java.util.Queue<StepFunctions> inner;

    private StepFunctions(java.util.Queue<StepFunctions> inner) {
        this.inner = inner;
    }

    /** Opens the service and lets every unfinished execution go on. */
    public static StepFunctions open(Settings settings, Ports ports) {
        return new StepFunctions(new java.util.concurrent.ConcurrentLinkedDeque<>());
    }

    /** Stops all work where it is; {@link #open} on the same store goes on. Running tasks are not interrupted. */
    @Override
    public void close() {
        inner.peek().close();
    }

    /**
     * Creates a state machine. The same name with the same definition, role and type returns the existing one.
     *
     * @throws StepFunctionsException INVALID_NAME, INVALID_DEFINITION (all errors in the message),
     *     STATE_MACHINE_ALREADY_EXISTS
     */
    public StateMachineDescription createStateMachine(
            String name, String definition, String roleArn, StateMachineType type) {
        return inner.peek().createStateMachine(name, definition, roleArn, type);
    }

    /** Replaces the definition or the role; executions that run keep the definition they started with. */
    public StateMachineDescription updateStateMachine(
            StateMachineArn arn, Optional<String> definition, Optional<String> roleArn) {
        return inner.peek().updateStateMachine(arn, definition, roleArn);
    }

    public StateMachineDescription describeStateMachine(StateMachineArn arn) {
        return inner.peek().describeStateMachine(arn);
    }

    /** The state machine as it was when the execution started. */
    public StateMachineDescription describeStateMachineForExecution(ExecutionArn arn) {
        return inner.peek().describeStateMachineForExecution(arn);
    }

    /** All state machines by name. */
    public Page<StateMachineItem> listStateMachines(PageRequest page) {
        return inner.peek().listStateMachines(page);
    }

    /** Deletes a state machine; its executions stay and run on. Without effect when there is none. */
    public void deleteStateMachine(StateMachineArn arn) {
        inner.peek().deleteStateMachine(arn);
    }

    /** All findings about a document; never throws for a bad one. */
    public Validation validateStateMachineDefinition(String definition) {
        return inner.peek().validateStateMachineDefinition(definition);
    }

    /**
     * Starts an execution.
     *
     * @param name 1 to 80 characters; a random one when absent. A running execution with the same name and the same
     *     input is returned as it is
     * @param input a JSON text of at most 262,144 bytes; {@code {}} when absent
     * @throws StepFunctionsException STATE_MACHINE_DOES_NOT_EXIST, EXECUTION_ALREADY_EXISTS, INVALID_NAME,
     *     INVALID_EXECUTION_INPUT
     */
    public StartedExecution startExecution(StateMachineArn arn, Optional<String> name, Optional<String> input) {
        return inner.peek().startExecution(arn, name, input);
    }

    public ExecutionDescription describeExecution(ExecutionArn arn) {
        return inner.peek().describeExecution(arn);
    }

    /** The executions of a state machine or of a Map Run, newest first, all or those in one status. */
    public Page<ExecutionItem> listExecutions(
            ExecutionParent parent, Optional<ExecutionStatus> status, PageRequest page) {
        return inner.peek().listExecutions(parent, status, page);
    }

    /** Aborts an execution, the children of its Map Runs too; when it stopped. Tasks in flight are not interrupted. */
    public Instant stopExecution(ExecutionArn arn, Optional<String> error, Optional<String> cause) {
        return inner.peek().stopExecution(arn, error, cause);
    }

    public Page<HistoryEvent> getExecutionHistory(ExecutionArn arn, HistoryOrder order, PageRequest page) {
        return inner.peek().getExecutionHistory(arn, order, page);
    }

    /**
     * Lets a failed, aborted or timed-out execution go on from the state that failed; when that was.
     *
     * @throws StepFunctionsException EXECUTION_DOES_NOT_EXIST, EXECUTION_NOT_REDRIVABLE
     */
    public Instant redriveExecution(ExecutionArn arn) {
        return inner.peek().redriveExecution(arn);
    }

    /** The Map Runs of an execution, oldest first. */
    public Page<MapRunItem> listMapRuns(ExecutionArn arn, PageRequest page) {
        return inner.peek().listMapRuns(arn, page);
    }

    public MapRunDescription describeMapRun(MapRunArn arn) {
        return inner.peek().describeMapRun(arn);
    }

    /**
     * Answers a task that waits for its token.
     *
     * @param output a JSON text of at most 262,144 bytes
     * @throws StepFunctionsException INVALID_TOKEN, INVALID_OUTPUT, TASK_DOES_NOT_EXIST, TASK_TIMED_OUT
     */
    public void sendTaskSuccess(TaskToken token, String output) {
        inner.peek().sendTaskSuccess(token, output);
    }

    /** As {@link #sendTaskSuccess}, but the task failed. */
    public void sendTaskFailure(TaskToken token, Optional<String> error, Optional<String> cause) {
        inner.peek().sendTaskFailure(token, error, cause);
    }

    /** Starts the heartbeat's time anew. */
    public void sendTaskHeartbeat(TaskToken token) {
        inner.peek().sendTaskHeartbeat(token);
    }
}
