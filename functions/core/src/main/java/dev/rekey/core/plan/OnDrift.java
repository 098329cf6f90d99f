package dev.rekey.core.plan;

/** What a record means that the run wrote and that somebody else changed before it was verified. */
public enum OnDrift {
    /** The run has failed. */
    FAIL,
    /** It is reported, and stays as it is. */
    REPORT
}
