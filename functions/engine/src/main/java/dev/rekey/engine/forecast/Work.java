package dev.rekey.engine.forecast;

/**
 * What is done to every segment, and how fast one worker is at it. The speeds are those of a function with about one
 * processor; they are an assumption, since the records are unknown.
 */
enum Work {
    MERGE(8_000),
    ANALYZE(8_000),
    COPY(1_500),
    VERIFY(3_000);

    /** Of copies that are requested one by one, each on condition. */
    private static final double COPIED_ON_CONDITION = 1_000;

    /** What a segment of copies to delete lists: those that still are gone. */
    private static final double GONE = 1;
    /** And the references to them. */
    private static final double REFERRING = 1;

    private final double recordsPerSecond;

    Work(double recordsPerSecond) {
        this.recordsPerSecond = recordsPerSecond;
    }

    /** Of one worker with all of it. */
    double seconds(Load load) {
        return load.records() / (this == COPY && load.onCondition() ? COPIED_ON_CONDITION : recordsPerSecond);
    }

    double readUnits(Load load) {
        return switch (this) {
            case MERGE -> load.mergeReadUnits();
            case ANALYZE -> load.analyzeReadUnits();
            case COPY -> load.copyReadUnits();
            case VERIFY -> load.verifyReadUnits();
        };
    }

    /** Whether what it reads is in part in the target. */
    boolean readsTarget() {
        return this == COPY || this == VERIFY;
    }

    double writeUnits(Load load) {
        return switch (this) {
            case MERGE, ANALYZE, VERIFY -> 0;
            case COPY -> load.writeUnits();
        };
    }

    /** Segments that children of the Distributed Map work on. */
    double segments(Load load) {
        return switch (this) {
            case MERGE, ANALYZE, COPY -> load.sourceSegments();
            case VERIFY -> load.sourceSegments() + load.targetSegments();
        };
    }

    /** What is read together, and has a checkpoint. */
    double pages(Load load) {
        return switch (this) {
            case MERGE, ANALYZE -> load.readings();
            case COPY -> load.pages();
            case VERIFY -> load.readings() + load.targetReadings();
        };
    }

    /**
     * Objects that are read: files; each page begins with a look at the control object; verification reads the copy's log, which it
     * holds against the copy's checkpoint.
     */
    double looks(Load load) {
        return switch (this) {
            case MERGE, ANALYZE, COPY -> pages(load) + load.fileReads();
            case VERIFY -> pages(load) + load.pages() + load.sourceSegments() + load.fileReads();
        };
    }

    /** Objects that are written for these pages beside the checkpoints; verification lists the copy's log, and notes candidates. */
    double objects(Load load, int partitions) {
        return switch (this) {
            case ANALYZE -> spilled(load, partitions);
            case VERIFY ->
                spilled(load, partitions)
                        + load.sourceSegments()
                        + ended(load)
                        + (load.isMatched() ? load.readings() : 0)
                        + (load.refersToGone() ? load.targetReadings() : 0)
                        + (load.isGone() ? GONE : 0);
            case MERGE -> pages(load);
            case COPY -> pages(load) + ended(load) + (load.isGone() ? GONE + REFERRING : 0);
        };
    }

    /** Lists of the merges that ended before a level. */
    private double ended(Load load) {
        return load.merging() ? segments(load) : 0;
    }

    private double spilled(Load load, int partitions) {
        return pages(load) * Math.min(partitions, Math.max(1, load.records() / load.readings()));
    }
}
