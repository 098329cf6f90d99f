package dev.rekey.core.plan;

/** An error keeps a run from starting, a warning does not; a note tells what the plan decides, and needs nobody's attention. */
public enum Severity {
    ERROR,
    WARNING,
    NOTE
}
