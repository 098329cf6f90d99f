package dev.rekey.core.plan;

/** What becomes of a reference whose id the mapping does not have. */
public enum OnMissing {
    /** The run is refused. */
    FAIL,
    /** The reference keeps its old id. */
    KEEP,
    /** The reference is left out. */
    REMOVE_REFERENCE
}
