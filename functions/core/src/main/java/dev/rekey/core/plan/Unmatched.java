package dev.rekey.core.plan;

/** What becomes of records of a shared physical table that belong to no table of the plan. */
public enum Unmatched {
    /** The run is refused. */
    FAIL,
    /** They are copied as they are; in place, they stay. */
    COPY,
    /** They are not copied; in place, they stay. */
    LEAVE
}
