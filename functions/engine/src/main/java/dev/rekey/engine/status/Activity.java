package dev.rekey.engine.status;

/** What is going on in a run. */
public enum Activity {
    READING("reading", "read"),
    TESTING("testing", ""),
    COPYING("copying", "copied"),
    VERIFYING("verifying", "verified"),
    UNDOING("undoing", "undone"),
    /** Nothing that has progress to show: the run's report is being written. */
    ENDING("writing the report", "");

    private final String words;
    private final String done;

    Activity(String words, String done) {
        this.words = words;
        this.done = done;
    }

    public String words() {
        return words;
    }

    /** What is said of the records that were dealt with. */
    public String done() {
        return done;
    }
}
