package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a run has come. */
public enum Phase {
    /** Reading the source; nothing is written to any table yet. */
    @JsonProperty("analyzing")
    ANALYZING(true),
    @JsonProperty("testing")
    TESTING(true),
    @JsonProperty("migrating")
    MIGRATING(true),
    @JsonProperty("rollingBack")
    ROLLING_BACK(true),
    /** Ended without having written to any table. */
    @JsonProperty("read")
    READ(false),
    @JsonProperty("refused")
    REFUSED(false),
    @JsonProperty("migrated")
    MIGRATED(false),
    /** A test whose records were kept. */
    @JsonProperty("tested")
    TESTED(false),
    @JsonProperty("rolledBack")
    ROLLED_BACK(false);

    private final boolean unfinished;

    Phase(boolean unfinished) {
        this.unfinished = unfinished;
    }

    /** Whether the run must be resumed or rolled back before another writes to its tables. */
    public boolean isUnfinished() {
        return unfinished;
    }

    /** Whether records that this run logged may stand in the target. */
    public boolean mayHaveWritten() {
        return switch (this) {
            case TESTING, MIGRATING, ROLLING_BACK, MIGRATED, TESTED -> true;
            case ANALYZING, READ, REFUSED, ROLLED_BACK -> false;
        };
    }
}
