package dev.rekey.engine.verify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rekey.engine.run.Counted;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What verification says of a record or a reference. */
public enum Verdict {
    /** The target record is what the source record maps to. */
    MATCHED(Counted.MATCHED, Meaning.RIGHT),
    /** The target holds nothing under the new key, or the source record was read before and never copied. */
    MISSING(Counted.MISSING, Meaning.FAILURE),
    /** The target record is not what the source record maps to. */
    ALTERED(Counted.ALTERED, Meaning.FAILURE),
    /** Another source record has the same new key. */
    COLLIDED(Counted.COLLIDED, Meaning.FAILURE),
    /** A reference in the target points to no record there, although its record was to be copied. */
    DANGLING(Counted.DANGLING, Meaning.FAILURE),
    /** A target record without a source, in a table that began empty. */
    UNEXPECTED(Counted.UNEXPECTED, Meaning.FAILURE),
    /** A record that others are merged into was deleted, or may not be one any more. */
    SURVIVOR_LOST(Counted.SURVIVOR_LOST, Meaning.FAILURE),
    /** The source record changed after it was read; the target holds what was read. */
    MOVED(Counted.MOVED, Meaning.REMAINS),
    /** Others took our attributes away again, as if they had written back what they had read before: in place. */
    REVERTED(Counted.REVERTED, Meaning.REMAINS),
    /** The record was rolled back as a part of the run: what it holds now is not the run's business. */
    ROLLED_BACK(Counted.ROLLED_BACK, Meaning.RIGHT),
    /** The source record appeared after its segment was read. */
    LATE(Counted.LATE, Meaning.REMAINS),
    /** The source record was deleted after it was read. */
    GONE(Counted.GONE, Meaning.REMAINS),
    /** Somebody else changed the target record, or created it. */
    DRIFTED(Counted.DRIFTED, Meaning.REMAINS),
    /** A reference to a record that appeared in the source after the analysis. */
    LATE_REFERENCE(Counted.LATE_REFERENCE, Meaning.REMAINS),
    /** A reference to a record that left the source after the analysis, or that never was there. */
    GONE_REFERENCE(Counted.GONE_REFERENCE, Meaning.REMAINS),
    /** In place: a reference that the run removed since it had no record, and whose record has come since. */
    REMOVED_REFERENCE(Counted.REMOVED_REFERENCE, Meaning.REMAINS),
    /** The record matches another one since the merges were decided, and is not merged. */
    UNMERGED(Counted.UNMERGED, Meaning.REMAINS),
    /** The record is merged into another, and since something of that was written, it matches no longer, or must not be. */
    MATCH_ENDED(Counted.MATCH_ENDED, Meaning.REMAINS),
    /** The record is merged into another of its table, and references to it point to that one. */
    MERGED(Counted.MERGED, Meaning.RIGHT),
    /** The time to live of the record is over, and it vanished from the source or from the target. */
    EXPIRED(Counted.EXPIRED, Meaning.RIGHT),
    /** The target held other content, and the plan said to leave it. */
    SKIPPED(Counted.SKIPPED, Meaning.RIGHT),
    /** A target record that was there before the run. */
    PREEXISTING(Counted.PREEXISTING, Meaning.RIGHT),
    /** A later run of the plan wrote the record, deleted it, or keeps it: what it is now, that run answers for. */
    LATER_RUN(Counted.LATER_RUN, Meaning.RIGHT);

    private final Counted counted;
    private final Meaning meaning;

    /** What a verdict means for the run. */
    private enum Meaning {
        RIGHT,
        /** The run did something wrong. */
        FAILURE,
        /** The run did its work; others changed something meanwhile, and another run has to see to it. */
        REMAINS
    }

    Verdict(Counted counted, Meaning meaning) {
        this.counted = counted;
        this.meaning = meaning;
    }

    public boolean isFailure() {
        return meaning == Meaning.FAILURE;
    }

    /** Whether others left work to do: no failure of the run. */
    public boolean remains() {
        return meaning == Meaning.REMAINS;
    }

    /** Whether another run of the plan brings it; what is gone or drifted, somebody has to decide about. */
    public boolean isBroughtByAnotherRun() {
        return this == LATE || this == MOVED || this == REVERTED || this == LATE_REFERENCE || this == UNMERGED;
    }

    /** Whether somebody has to decide about the record, since another run leaves it, or cannot know what it is to be. */
    public boolean isForSomebodyToDecide() {
        return this == GONE || this == DRIFTED || this == GONE_REFERENCE;
    }

    /** Whether it is said of a reference; the record that holds it has a verdict of its own. */
    public boolean isOfReference() {
        return this == DANGLING || this == LATE_REFERENCE || this == GONE_REFERENCE || this == REMOVED_REFERENCE;
    }

    /** @throws IllegalArgumentException if {@code word} is none */
    @JsonCreator
    public static Verdict of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("no such verdict: " + word));
    }

    /** The verdict that {@code counted} counts; empty if it counts none. */
    public static Optional<Verdict> find(Counted counted) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.counted == counted)
                .findFirst();
    }

    /** The verdict that is called {@code word}; empty if none is. */
    public static Optional<Verdict> find(String word) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.word().equals(word))
                .findFirst();
    }

    /** How many of {@code counts} are failures. */
    public static long failures(Map<Counted, Long> counts) {
        return sum(counts, Verdict::isFailure);
    }

    /** How many records were compared. Verdicts of references stand beside those of the records that hold them. */
    public static long records(Map<Counted, Long> counts) {
        return sum(counts, verdict -> !verdict.isOfReference());
    }

    private static long sum(Map<Counted, Long> counts, Predicate<Verdict> which) {
        return Arrays.stream(values())
                .filter(which)
                .mapToLong(verdict -> verdict.counted.in(counts))
                .sum();
    }

    /** The name in a sentence, behind how many there are. */
    public String phrase(long count) {
        return switch (this) {
            case LATE_REFERENCE -> count == 1 ? "reference to a late record" : "references to late records";
            case GONE_REFERENCE -> count == 1 ? "reference to a deleted record" : "references to deleted records";
            case REMOVED_REFERENCE -> count == 1 ? "removed reference" : "removed references";
            case DANGLING -> count == 1 ? "dangling reference" : "dangling references";
            case SURVIVOR_LOST -> count == 1 ? "lost survivor" : "lost survivors";
            case MATCH_ENDED -> count == 1 ? "merge that has ended" : "merges that have ended";
            case MATCHED,
                    MERGED,
                    UNMERGED,
                    MISSING,
                    ALTERED,
                    COLLIDED,
                    UNEXPECTED,
                    MOVED,
                    REVERTED,
                    ROLLED_BACK,
                    LATE,
                    GONE,
                    DRIFTED,
                    EXPIRED,
                    SKIPPED,
                    PREEXISTING,
                    LATER_RUN -> word();
        };
    }

    /** The name under which it is counted and reported. */
    @JsonValue
    public String word() {
        return counted.word();
    }

    /** As what it is counted. */
    public Counted counted() {
        return counted;
    }
}
