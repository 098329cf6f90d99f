package dev.rekey.interpreter.definition;

import java.util.Optional;

/** Where and how a distributed Map writes its results; without {@code arguments} they become the state's result. */
public record Writer(Optional<Template> arguments, Transformation transformation, Lines lines) {

    /** What is kept of each child execution. */
    public enum Transformation {
        NONE,
        COMPACT,
        FLATTEN
    }

    /** How the records stand in a file. */
    public enum Lines {
        JSON,
        JSONL
    }
}
