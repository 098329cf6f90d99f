package dev.rekey.engine.segment;

import dev.rekey.engine.store.Documents;

/**
 * What was consumed.
 *
 * @param readUnits of capacity, as the tables said
 * @param writeUnits likewise
 * @param objectReads requests to the bucket, and to files, that read; 0 if an earlier version of Rekey counted
 * @param objectWrites requests to the bucket that write or list; likewise
 */
public record Consumed(double readUnits, double writeUnits, long objectReads, long objectWrites) {
    public static final Consumed NOTHING = new Consumed(0, 0, 0, 0);

    public Consumed plus(Consumed more) {
        return new Consumed(
                readUnits + more.readUnits,
                writeUnits + more.writeUnits,
                objectReads + more.objectReads,
                objectWrites + more.objectWrites);
    }

    /** With the requests made through {@code documents}, and the one more that writes this down. */
    Consumed plus(Documents documents) {
        return plus(new Consumed(0, 0, documents.reads(), documents.writes() + 1));
    }
}
