package dev.rekey.core.plan;

/** What becomes of a reference whose record does not exist. */
public enum OnOrphan {
    /** The run is refused. */
    FAIL,
    /** The reference keeps its old value. */
    KEEP,
    /** The reference is left out of the target record. */
    REMOVE_REFERENCE,
    /** The record is created, as {@link Creates#forOrphan} says. */
    CREATE
}
