package dev.rekey.core.plan;

/** An error keeps a run from starting, a warning does not. */
public enum Severity {
    ERROR,
    WARNING
}
