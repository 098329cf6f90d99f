package dev.rekey.cli.command;

import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.store.StoreException;
import java.util.function.Supplier;

/** How far a run has come, which decides what can be done with it. */
enum Reached {
    /** Nothing that has to be ended: there is no such run yet, or its preparation was refused. */
    NOTHING,
    /** It is being prepared: it has written to no table and holds no lock. */
    PREPARING,
    /** It may have locked and written. */
    PREPARED,
    /** The bucket does not say. */
    UNKNOWN;

    static Reached of(RunSummary run) {
        if (run.manifest().isPresent()) {
            return PREPARED;
        }
        return run.control().filter(found -> found.phase().isUnfinished()).isPresent() ? PREPARING : NOTHING;
    }

    /** @param look may fail, which does not stop what comes next */
    static Reached by(Supplier<RunSummary> look) {
        try {
            return of(look.get());
        } catch (StoreException _) {
            return UNKNOWN;
        }
    }
}
