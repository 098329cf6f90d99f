package dev.rekey.engine.run;

import dev.rekey.core.item.Sha256;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.PutOutcome;
import java.time.InstantSource;
import java.util.Optional;

/** Appends decisions to the history of a run. For the workflow's functions and commands, never for workers. */
public final class Ledger {
    private final Documents documents;
    private final RunId run;
    private final InstantSource time;

    public Ledger(Documents documents, RunId run, InstantSource time) {
        this.documents = documents;
        this.run = run;
        this.time = time;
    }

    /** The place of an entry in its chain: it tells whether the ledger up to there is complete. */
    public record Head(int entries, String hash) {}

    /**
     * Appends {@code decision}, unless the execution {@code task} has it in the ledger already: a function that is tried
     * again says everything once. Two that append at the same time both find their place, one after the other. What
     * somebody did to the ledger keeps no run from going on: {@link LedgerCheck} tells of it.
     *
     * @param task empty if a person decided, with a command
     * @return the place of the entry that says it
     */
    public Head append(Optional<RunId> task, Decision decision) {
        return append(task, Optional.empty(), decision);
    }

    /**
     * The same, of what a person caused directly.
     *
     * @param by who started the execution or gave the command; empty if unknown
     */
    public Head append(Optional<RunId> task, Optional<Caller> by, Decision decision) {
        return Backoff.untilWon(() -> attempt(task, by, decision));
    }

    /** Empty if somebody else took the place that was to be its own. */
    private Optional<Head> attempt(Optional<RunId> task, Optional<Caller> by, Decision decision) {
        int last = 0;
        var previous = LedgerEntry.NOTHING_BEFORE;
        for (var stored : Stored.all(documents, run)) {
            var number = stored.number();
            if (number.isPresent()) {
                last = number.get();
                previous = stored.hash();
                if (stored.entry()
                        .filter(entry -> entry.decides(task, decision))
                        .isPresent()) {
                    return Optional.of(new Head(last, previous));
                }
            }
        }
        var entry = new LedgerEntry(1, run, last + 1, previous, time.instant(), task, by, decision);
        var content = Documents.encode(entry);
        return documents.createBytes(Stored.key(run, entry.sequence()), content) instanceof PutOutcome.Done
                ? Optional.of(new Head(entry.sequence(), Sha256.hex(content)))
                : Optional.empty();
    }
}
