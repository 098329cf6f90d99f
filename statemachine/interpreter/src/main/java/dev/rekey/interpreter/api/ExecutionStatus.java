package dev.rekey.interpreter.api;

/** The state of an execution, named as the service does. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    /** A child of a Map Run that failed and waits for the redrive of its parent to start it again. */
    PENDING_REDRIVE
}
