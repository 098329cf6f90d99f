package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a run has come. */
public enum Phase {
    /** Reading the source; nothing is written to any table yet. */
    ANALYZING("analyzing", true),
    TESTING("testing", true),
    MIGRATING("migrating", true),
    ROLLING_BACK("rollingBack", true),
    /** Ended without having written to any table. */
    READ("read", false),
    REFUSED("refused", false),
    MIGRATED("migrated", false),
    /** A test whose records were kept. */
    TESTED("tested", false),
    ROLLED_BACK("rolledBack", false);

    private final String word;
    private final boolean unfinished;

    Phase(String word, boolean unfinished) {
        this.word = word;
        this.unfinished = unfinished;
    }

    /** The name in the bucket and on the command line. */
    @JsonValue
    public String word() {
        return word;
    }

    /** As in a sentence. */
    public String phrase() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
