package dev.rekey.core.plan;

/** What happens when another value stands in the attribute that a rule is about to write. */
public enum OnExisting {
    /** The run is refused. */
    FAIL,
    /** What stands there stays. */
    KEEP,
    OVERWRITE
}
