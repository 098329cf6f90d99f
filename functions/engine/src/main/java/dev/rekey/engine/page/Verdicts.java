package dev.rekey.engine.page;

import dev.rekey.engine.report.ReportedMode;
import dev.rekey.engine.run.Counted;
import java.util.List;

/**
 * What may be counted of records, and how it looks.
 *
 * @param meaning in words
 * @param inPlace the same where records are changed in place
 */
record Verdicts(Counted counted, String tone, String meaning, String inPlace) {
    /** What became of the records of a source that was read, or of those that were copied, or undone. */
    static final List<Verdicts> DONE = List.of(
            new Verdicts(Counted.CREATED, "c1", "new in the target"),
            new Verdicts(Counted.REPLACED, "c7", "in place of others"),
            new Verdicts(Counted.UPDATED, "c1", "changed in place"),
            new Verdicts(Counted.IDENTICAL, "c2", "in the target before", "as the plan says before"),
            new Verdicts(Counted.DELETED, "c1", "deleted"),
            new Verdicts(Counted.RESTORED, "c7", "as they were before"),
            new Verdicts(Counted.OVERWRITTEN, "warn", "overwritten although others changed them"),
            new Verdicts(Counted.UNCHANGED, "c4", "left as they were"),
            new Verdicts(Counted.SKIPPED, "c3", "kept by the plan"),
            new Verdicts(Counted.DRIFT, "warn", "changed by others, kept"),
            new Verdicts(Counted.REFERRED, "warn", "kept because others refer to them"),
            new Verdicts(Counted.FILTERED, "c4", "excluded by the plan"),
            new Verdicts(Counted.MERGED, "c7", "merged into others"),
            new Verdicts(Counted.UNMAPPABLE, "bad", "do not fit the plan"));

    static final List<Verdicts> COMPARED = List.of(
            new Verdicts(Counted.MATCHED, "good", "as the source says", "as the plan says"),
            new Verdicts(Counted.MISSING, "bad", "not in the target", "analyzed and never changed"),
            new Verdicts(Counted.ALTERED, "bad", "not as the source says", "not as the plan says"),
            new Verdicts(Counted.COLLIDED, "bad", "same new key as another record"),
            new Verdicts(Counted.DANGLING, "bad", "dangling references"),
            new Verdicts(Counted.UNEXPECTED, "bad", "in the target without a source"),
            new Verdicts(Counted.SURVIVOR_LOST, "bad", "can take no merged records any more"),
            new Verdicts(Counted.MOVED, "warn", "changed in the source since", "changed by others since"),
            new Verdicts(Counted.REVERTED, "warn", "changed back by others"),
            new Verdicts(Counted.ROLLED_BACK, "c7", "rolled back as a part of the run"),
            new Verdicts(Counted.LATE, "c8", "new in the source since", "new since, or kept changing"),
            new Verdicts(Counted.GONE, "warn", "deleted from the source since", "deleted since"),
            new Verdicts(Counted.DRIFTED, "warn", "changed in the target by others", "given other values by others"),
            new Verdicts(Counted.LATE_REFERENCE, "warn", "references to records that came later"),
            new Verdicts(Counted.GONE_REFERENCE, "warn", "references to records that were deleted"),
            new Verdicts(Counted.REMOVED_REFERENCE, "warn", "references removed before their record came"),
            new Verdicts(Counted.UNMERGED, "warn", "match others since, and are not merged"),
            new Verdicts(Counted.MATCH_ENDED, "warn", "merged, and match no longer"),
            new Verdicts(Counted.MERGED, "c7", "merged into others"),
            new Verdicts(Counted.EXPIRED, "c4", "expired"),
            new Verdicts(Counted.SKIPPED, "c3", "kept by the plan"),
            new Verdicts(Counted.PREEXISTING, "c4", "in the target before the run"),
            new Verdicts(Counted.LATER_RUN, "c4", "written by a later run of the plan"));

    Verdicts(Counted counted, String tone, String meaning) {
        this(counted, tone, meaning, meaning);
    }

    String name() {
        return counted.word();
    }

    /** With the meaning that it has in {@code mode}. */
    Verdicts in(ReportedMode mode) {
        return switch (mode) {
            case COPY -> this;
            case IN_PLACE -> new Verdicts(counted, tone, inPlace);
            case MIXED ->
                meaning.equals(inPlace) ? this : new Verdicts(counted, tone, meaning + "; in place: " + inPlace);
        };
    }

    static String tone(Counted counted) {
        return COMPARED.stream()
                .filter(one -> one.counted() == counted)
                .map(Verdicts::tone)
                .findFirst()
                .orElse("c3");
    }

    Part part(long value, long all) {
        return Part.of(name(), tone, meaning, value, all);
    }

    /** With the name and the meaning that it has where records were only read that would be changed in place. */
    Part partOfAnalysis(long value, long all) {
        var means = switch (counted) {
            case UPDATED -> "would be changed";
            case IDENTICAL -> "nothing to change";
            default -> inPlace;
        };
        return Part.of(Counted.wordOfAnalysis(name()), tone, means, value, all);
    }
}
