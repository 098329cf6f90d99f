package dev.rekey.engine.run;

import java.util.Set;

/** The names of errors that the workflow's document, its callers and these functions agree on. */
public final class ErrorNames {
    /** The name that Lambda gives the exception of a store that asks to slow down. */
    public static final String STORE_THROTTLED = "dev.rekey.handlers.StoreThrottled";
    /** The name that Lambda gives the exception of a store that does not answer. */
    public static final String STORE_UNAVAILABLE = "dev.rekey.handlers.StoreUnavailable";

    /** The name that Lambda gives the exception of a store that denies a request. With the two above, all of ours that the document retries. */
    public static final String STORE_DENIED = "dev.rekey.handlers.StoreDenied";

    public static final String INVALID_INPUT = "Rekey.InvalidInput";
    /** The run may not start. */
    public static final String REFUSED = "Rekey.Refused";
    /** The data does not fit the plan. */
    public static final String NOT_READY = "Rekey.NotReady";
    /** A worker met a failure, which lies in the run's folder. */
    public static final String SEGMENT_FAILED = "Rekey.SegmentFailed";
    /** Another execution has taken over the run. */
    public static final String SUPERSEDED = "Rekey.Superseded";

    public static final String VERIFICATION_FAILED = "Rekey.VerificationFailed";
    public static final String ROLLED_BACK = "Rekey.RolledBack";
    public static final String ROLLED_BACK_WITH_DRIFT = "Rekey.RolledBackWithDrift";
    public static final String INCOMPLETE = "Rekey.Incomplete";

    /** Every name that an execution of the workflow may end with. */
    public static final Set<String> OF_EXECUTIONS = Set.of(
            INVALID_INPUT,
            REFUSED,
            NOT_READY,
            SUPERSEDED,
            VERIFICATION_FAILED,
            ROLLED_BACK,
            ROLLED_BACK_WITH_DRIFT,
            INCOMPLETE);

    private ErrorNames() {}
}
