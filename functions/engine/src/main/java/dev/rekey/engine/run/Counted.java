package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What a run counts of its records. In the order of the words, which is the order in reports. */
public enum Counted {
    ALTERED("altered"),
    /** Of the source records that were read. */
    BYTES("bytes"),
    COLLIDED("collided"),
    CREATED("created"),
    DANGLING("dangling"),
    DELETED("deleted"),
    /** After a rollback: the record still holds what the run wrote, or what nobody can have written. */
    DIFFERENT("different"),
    DRIFT("drift"),
    DRIFTED("drifted"),
    EXPIRED("expired"),
    FILTERED("filtered"),
    GONE("gone"),
    GONE_REFERENCE("goneReference"),
    IDENTICAL("identical"),
    LATE("late"),
    LATE_REFERENCE("lateReference"),
    /** Written by a later run of the plan. */
    LATER_RUN("laterRun"),
    MATCHED("matched"),
    /** Of the records that are merged, and should be no longer. */
    MATCH_ENDED("matchEnded"),
    /** Merged into another record of its table. */
    MERGED("merged"),
    MISSING("missing"),
    MOVED("moved"),
    OVERWRITTEN("overwritten"),
    PREEXISTING("preexisting"),
    READ("read"),
    REFERRED("referred"),
    /** A reference that was removed as an orphan, and whose record has come since. */
    REMOVED_REFERENCE("removedReference"),
    REPLACED("replaced"),
    RESTORED("restored"),
    REVERTED("reverted"),
    /** Taken back in part, and not looked at any more. */
    ROLLED_BACK("rolledBack"),
    SKIPPED("skipped"),
    /** Of the records that migrate, after rewriting. */
    TARGET_BYTES("targetBytes"),
    /** A record that others are merged into cannot take them any more. */
    SURVIVOR_LOST("survivorLost"),
    /** In the target, of the run or not. */
    TARGET_RECORDS("targetRecords"),
    UNCHANGED("unchanged"),
    UNEXPECTED("unexpected"),
    UNMAPPABLE("unmappable"),
    /** Found to match another record after the merges were decided. */
    UNMERGED("unmerged"),
    /** Changed in place. */
    UPDATED("updated");

    private final String word;

    Counted(String word) {
        this.word = word;
    }

    /** What an analysis, which changes nothing, calls the count {@code word}. */
    public static String wordOfAnalysis(String word) {
        if (word.equals(UPDATED.word)) {
            return "to change";
        }
        return word.equals(IDENTICAL.word) ? "as the plan says" : word;
    }

    /** @throws IllegalArgumentException if {@code word} is none */
    @JsonCreator
    public static Counted of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is counted as " + word));
    }

    /** The name in the bucket and in reports. */
    @JsonValue
    public String word() {
        return word;
    }

    /** How many {@code counts} have of this; 0 if they have none. */
    public long in(Map<Counted, Long> counts) {
        return counts.getOrDefault(this, 0L);
    }

    /** Both together. */
    public static Map<Counted, Long> sum(Map<Counted, Long> one, Map<Counted, Long> other) {
        var sum = new EnumMap<Counted, Long>(Counted.class);
        sum.putAll(one);
        add(other, sum);
        return sum;
    }

    /** Adds {@code more} to {@code sum}. */
    public static void add(Map<Counted, Long> more, Map<Counted, Long> sum) {
        more.forEach((what, count) -> sum.merge(what, count, Long::sum));
    }
}
