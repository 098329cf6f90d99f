package dev.rekey.interpreter.ports;

/** What becomes of the executions that had not ended when the service was closed, or its process died. */
public sealed interface Unfinished {
    /** They go on where they were; a task that was in flight has failed. */
    record GoesOn() implements Unfinished {}

    /**
     * They are aborted before the service answers its first request. No task of theirs is run any more.
     *
     * @param error and {@code cause}: what each is said to have ended with
     */
    record IsAborted(String error, String cause) implements Unfinished {}
}
