package dev.rekey.engine.store;

/** Looks at executions of the workflow, and ends them. Nothing is thrown: what cannot be told is unknown. */
public interface Executions {
    /** @param execution ARN */
    ExecutionState of(String execution);

    /** Whether a Map Run that the execution started goes on: its children outlive a stopped execution for a while. */
    ExecutionState ofMapRuns(String execution);

    /**
     * Asks for the end of an execution; whether it comes is seen later.
     *
     * @param cause what the execution will be said to have ended with
     */
    void stop(String execution, String cause);
}
