package dev.rekey.interpreter.execution;

/** The history has no room for another event but the last. */
final class EventLimitException extends RuntimeException {
    EventLimitException() {
        super("The execution reached the maximum number of history events (" + Limits.EVENTS + ").");
    }
}
