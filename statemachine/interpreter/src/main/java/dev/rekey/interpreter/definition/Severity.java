package dev.rekey.interpreter.definition;

/** How bad a {@link Diagnostic} is; a document with an {@code ERROR} is refused. */
public enum Severity {
    ERROR,
    WARNING
}
