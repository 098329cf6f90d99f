package dev.rekey.interpreter.api;

/** The state of a Map Run, named as the service does. */
public enum MapRunStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED
}
