package dev.rekey.engine.store;

/** Whether an execution, or what it started, goes on. */
public sealed interface ExecutionState {
    record Running() implements ExecutionState {}

    /** @param how the status that it ended with, such as {@code ABORTED} */
    record Ended(String how) implements ExecutionState {}

    /** @param why it cannot be told, as a sentence */
    record Unknown(String why) implements ExecutionState {}
}
