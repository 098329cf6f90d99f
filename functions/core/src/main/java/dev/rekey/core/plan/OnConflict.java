package dev.rekey.core.plan;

/** What happens when the target key holds other content at write time. */
public enum OnConflict {
    ABORT,
    SKIP,
    OVERWRITE
}
