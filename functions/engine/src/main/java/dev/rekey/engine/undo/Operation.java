package dev.rekey.engine.undo;

import java.util.Locale;

/** What a write does to the target. */
public enum Operation {
    /** Nothing: the record is not ours. */
    NONE,
    CREATE,
    REPLACE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Operation of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
