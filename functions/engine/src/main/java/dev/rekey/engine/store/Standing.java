package dev.rekey.engine.store;

/** Whether an execution, or what it started, goes on. */
public sealed interface Standing {
    record Running() implements Standing {}

    /** @param how the status that it ended with, such as {@code ABORTED} */
    record Ended(String how) implements Standing {}

    /** @param why it cannot be told, as a sentence */
    record Unknown(String why) implements Standing {}
}
