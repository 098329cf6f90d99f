package dev.rekey.engine.run;

import dev.rekey.core.item.Sha256;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Pauses and continues a run. No task is left waiting: it stores its token and only then checks whether the
 * run is still paused, while unpausing first clears the flag and only then looks for tokens. So one of the two
 * sees the other.
 */
public final class Pausing {
    private final Documents documents;
    private final RunFolder folder;
    private final InstantSource time;
    private final Optional<Caller> by;

    /** For the workflow's functions. */
    public Pausing(Documents documents, RunFolder folder, InstantSource time) {
        this(documents, folder, time, Optional.empty());
    }

    /** @param by who pauses and continues */
    public Pausing(Documents documents, RunFolder folder, InstantSource time, Optional<Caller> by) {
        this.documents = documents;
        this.folder = folder;
        this.time = time;
        this.by = by;
    }

    /** What became of an attempt to pause. */
    public sealed interface PauseOutcome {
        /** The run is paused; it may have been before. */
        record Paused(Instant since) implements PauseOutcome {}

        /** The run has come to its end. */
        record Ended(Phase phase) implements PauseOutcome {}
    }

    /** From now on, every worker stops before its next page. */
    public PauseOutcome pause() {
        var now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        var control = new ControlObject(documents, folder)
                .change(found -> Optional.of(found).filter(Pausing::canPause).map(running -> running.paused(now)));
        var since = control.paused();
        if (since.isEmpty()) {
            return new PauseOutcome.Ended(control.phase());
        }
        record(new Decision.Paused(since.get()));
        return new PauseOutcome.Paused(since.get());
    }

    private static boolean canPause(Control control) {
        return control.phase().isUnfinished() && control.paused().isEmpty();
    }

    /**
     * Continues all tasks. A repetition wakes those that still wait.
     *
     * @return how many tasks were woken
     */
    public int unpause(TaskTokens tokens) {
        // Recorded before it is done: afterwards it would be unknown which pause ended.
        control().paused().ifPresent(since -> record(new Decision.Unpaused(since)));
        var _ = new ControlObject(documents, folder)
                .change(found -> found.paused().map(since -> found.unpaused()));
        return wake(tokens);
    }

    /**
     * Lets every task go on that waits now; those that find the run paused wait again.
     *
     * @return how many tasks were woken
     */
    public int wake(TaskTokens tokens) {
        int woken = 0;
        for (var key : documents.list(Waiter.prefix(folder))) {
            var waiter = documents.find(key, Waiter.class);
            if (waiter.isPresent() && goesOn(waiter.get().value(), tokens)) {
                woken++;
            }
        }
        return woken;
    }

    /**
     * Has the task wait whose token this is, unless there is nothing to wait for.
     *
     * @param epoch in which the task's work was handed out
     */
    public void await(TaskToken token, int epoch, TaskTokens tokens) {
        var waiter = Waiter.of(token);
        documents.put(waiter.key(folder), waiter);
        var control = control();
        if (control.paused().isEmpty() || control.epoch() != epoch) {
            goesOn(waiter, tokens);
        }
    }

    private boolean goesOn(Waiter waiter, TaskTokens tokens) {
        boolean went = tokens.giveBack(new TaskToken(waiter.token()));
        documents.delete(waiter.key(folder));
        return went;
    }

    private Control control() {
        return documents.get(folder.control(), Control.class).value();
    }

    private void record(Decision decision) {
        new Ledger(documents, folder.run(), time).append(Optional.empty(), by, decision);
    }

    /**
     * A task that waits.
     *
     * @param format 1
     * @param token returned to continue the task
     */
    record Waiter(int format, String token) {
        static Waiter of(TaskToken token) {
            return new Waiter(1, token.value());
        }

        /** What the keys of all that wait in a run begin with. */
        static String prefix(RunFolder folder) {
            return folder.key("pause/").name();
        }

        /** The same token has the same key. */
        ObjectKey key(RunFolder folder) {
            return new ObjectKey(prefix(folder) + Sha256.hex(token) + ".json");
        }
    }
}
