package dev.rekey.cli.text;

import dev.rekey.engine.run.Phase;

/** What is going on in a run. */
public enum Activity {
    READING("reading"),
    TESTING("testing"),
    MIGRATING("migrating"),
    VERIFYING("verifying"),
    ROLLING_BACK("rolling back"),
    /** Nothing that has progress to show: the run's report is being written. */
    ENDING("writing the report");

    private final String words;

    Activity(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** @param verifying whether the execution that is followed only verifies the run */
    static Activity of(Phase phase, boolean verifying) {
        if (verifying) {
            return VERIFYING;
        }
        return switch (phase) {
            case ANALYZING -> READING;
            case TESTING -> TESTING;
            case MIGRATING -> MIGRATING;
            case ROLLING_BACK -> ROLLING_BACK;
            case READ, REFUSED, MIGRATED, TESTED, ROLLED_BACK -> ENDING;
        };
    }
}
