package dev.rekey.engine.verify;

import java.util.Locale;

/** What verification says of a record or a reference. */
public enum Verdict {
    /** The target record is what the source record maps to. */
    MATCHED(false),
    /** The target holds nothing under the new key. */
    MISSING(true),
    /** The target record is not what the source record maps to. */
    ALTERED(true),
    /** A reference in the target points to no record there. */
    DANGLING(true),
    /** A target record without a source, in a table that began empty. */
    UNEXPECTED(true),
    /** The source record changed after it was read; the target holds what was read. */
    MOVED(false),
    /** The source record appeared after its segment was read. */
    LATE(false),
    /** The source record expired or was deleted after it was read. */
    GONE(false),
    /** The target held other content, and the plan said to leave it. */
    SKIPPED(false),
    /** A target record that was there before the run. */
    PREEXISTING(false);

    private final boolean failure;

    Verdict(boolean failure) {
        this.failure = failure;
    }

    public boolean isFailure() {
        return failure;
    }

    /** @throws IllegalArgumentException if {@code word} is none */
    public static Verdict of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The name under which it is counted and reported. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
