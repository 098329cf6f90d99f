package dev.rekey.engine.undo;

import dev.rekey.engine.run.Counted;

/** What rollback made of one target record. */
enum Undone {
    /** Our record was deleted. */
    DELETED,
    /** The record that we had replaced is back. */
    RESTORED,
    /** The target is already as it was before the run. */
    UNCHANGED,
    /** Another writer changed or deleted the record since: it was left as it is, or could not be restored. */
    DRIFT,
    /** Others refer to the record that the run has created: it was left as it is. */
    REFERRED,
    /** Somebody else changed or deleted the record since: what was there before the run is back all the same. */
    OVERWRITTEN;

    /** As what it is counted. */
    Counted counted() {
        return Counted.valueOf(name());
    }
}
