package dev.rekey.engine.undo;

import dev.rekey.engine.run.Counted;
import java.util.Locale;

/** What becomes of a source record in the target. */
public enum RecordOutcome {
    CREATED,
    REPLACED,
    /** The target held the very content before. */
    IDENTICAL,
    /** The target holds other content, and the plan says to leave it. */
    SKIPPED;

    /** The name under which it is counted and logged. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As what it is counted. */
    public Counted counted() {
        return Counted.valueOf(name());
    }

    static RecordOutcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
