package dev.rekey.engine.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Who may write to a physical table. The object stays when the lock is free, so that it is only ever replaced.
 *
 * @param format 1
 * @param holder empty when the table is free
 */
record TableLock(int format, Optional<Holder> holder) {
    /** A run that holds a lock, and the execution that took it. */
    record Holder(RunId run, String execution, Instant takenAt) {}

    static TableLock heldBy(Holder holder) {
        return new TableLock(1, Optional.of(holder));
    }

    static TableLock free() {
        return new TableLock(1, Optional.empty());
    }
}
