package dev.rekey.cli.text;

/**
 * How far a run has come.
 *
 * @param records records of the source that were dealt with so far
 * @param expected records that there are, by the probe of the source; 0 if unknown
 * @param work units of work done: a record that is copied and then verified is two
 * @param expectedWork units of work that there are; 0 if unknown
 */
public record Progress(Activity activity, long records, long expected, long work, long expectedWork) {
    /** 0 to 1. The number of records is an estimate, so there may be more of them than expected. */
    public double share() {
        return expectedWork <= 0 ? 0 : Math.min(1.0, (double) work / expectedWork);
    }
}
