package dev.rekey.interpreter.api;

import dev.rekey.interpreter.ports.TaskToken;
import java.time.Instant;
import java.util.Optional;

/**
 * The service on one machine: state machines, executions, Map Runs and task tokens, durable in the {@link
 * dev.rekey.interpreter.ports.Store} handed in. All methods are safe for use by many threads and throw {@link
 * StepFunctionsException} when they refuse; then nothing was changed.
 */
public interface StepFunctions extends AutoCloseable {

    /**
     * Stops all work where it is; opening it again on the same store decides what becomes of it. Running tasks are not
     * interrupted, and the ports stay open: they belong to the caller.
     */
    @Override
    void close();

    /**
     * Creates a state machine. The same name with the same definition, role and type returns the existing one.
     *
     * @throws StepFunctionsException INVALID_NAME, INVALID_DEFINITION (all errors in the message),
     *     STATE_MACHINE_ALREADY_EXISTS
     */
    StateMachineDescription createStateMachine(String name, String definition, String roleArn, StateMachineType type);

    /** Replaces the definition or the role; executions that run keep the definition they started with. */
    StateMachineDescription updateStateMachine(
            StateMachineArn arn, Optional<String> definition, Optional<String> roleArn);

    StateMachineDescription describeStateMachine(StateMachineArn arn);

    /** The state machine as it was when the execution started. */
    StateMachineDescription describeStateMachineForExecution(ExecutionArn arn);

    /** All state machines by name. */
    ListResult<StateMachineItem> listStateMachines(ListRequest page);

    /** Deletes a state machine; its executions stay and run on. Without effect when there is none. */
    void deleteStateMachine(StateMachineArn arn);

    /** All findings about a document; never throws for a bad one. */
    Validation validateStateMachineDefinition(String definition);

    /**
     * Starts an execution.
     *
     * @param name 1 to 80 characters; a random one when absent. A running execution with the same name and the same
     *     input is returned as it is
     * @param input a JSON text of at most 262,144 bytes; {@code {}} when absent
     * @throws StepFunctionsException STATE_MACHINE_DOES_NOT_EXIST, EXECUTION_ALREADY_EXISTS, INVALID_NAME,
     *     INVALID_EXECUTION_INPUT
     */
    StartedExecution startExecution(StateMachineArn arn, Optional<String> name, Optional<String> input);

    ExecutionDescription describeExecution(ExecutionArn arn);

    /** The executions of a state machine or of a Map Run, newest first, all or those in one status. */
    ListResult<ExecutionItem> listExecutions(
            ExecutionParent parent, Optional<ExecutionStatus> status, ListRequest page);

    /** Aborts an execution, the children of its Map Runs too; when it stopped. Tasks in flight are not interrupted. */
    Instant stopExecution(ExecutionArn arn, Optional<String> error, Optional<String> cause);

    ListResult<HistoryEvent> getExecutionHistory(ExecutionArn arn, HistoryOrder order, ListRequest page);

    /**
     * Lets a failed, aborted or timed-out execution go on from the state that failed; when that was.
     *
     * @throws StepFunctionsException EXECUTION_DOES_NOT_EXIST, EXECUTION_NOT_REDRIVABLE
     */
    Instant redriveExecution(ExecutionArn arn);

    /** The Map Runs of an execution, oldest first. */
    ListResult<MapRunItem> listMapRuns(ExecutionArn arn, ListRequest page);

    MapRunDescription describeMapRun(MapRunArn arn);

    /**
     * Answers a task that waits for its token.
     *
     * @param output a JSON text of at most 262,144 bytes
     * @throws StepFunctionsException INVALID_TOKEN, INVALID_OUTPUT, TASK_DOES_NOT_EXIST, TASK_TIMED_OUT
     */
    void sendTaskSuccess(TaskToken token, String output);

    /** As {@link #sendTaskSuccess}, but the task failed. */
    void sendTaskFailure(TaskToken token, Optional<String> error, Optional<String> cause);

    /** Starts the heartbeat's time anew. */
    void sendTaskHeartbeat(TaskToken token);
}
