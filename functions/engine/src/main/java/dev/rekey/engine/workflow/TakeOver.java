package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.TableLocks;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Takes a run from the execution that worked on it, and locks its tables.
 *
 * @param control of the run as it was looked at
 */
record TakeOver(Documents documents, Invocation invocation, Request request, Manifest manifest, Control control) {

    /**
     * What becomes of the run.
     *
     * @param action what the workflow does from here on
     * @param next where it begins
     * @param undoing how it is rolled back, if it is
     * @param idle the levels in which a rollback finds nothing to undo
     */
    record Goal(Phase phase, Action action, Prepared.Next next, Undoing undoing, List<Integer> idle) {}

    /**
     * Raises the epoch, so that earlier workers stop, then locks the tables: the lock of a run whose
     * control says that it has ended could be taken over by another. Until all of this is done, the control remembers
     * what the run was: a preparation may die, and the next one be refused.
     *
     * @param whyNot asked once the tables are locked, when no other run can write to them any more
     */
    Prepared to(Goal goal, Supplier<Optional<String>> whyNot) {
        var ours = changed(found -> Optional.of(found)
                .filter(same -> same.epoch() == control.epoch() && same.phase() == control.phase())
                .map(same -> same.undoing(goal.undoing())
                        .takenOver(goal.phase(), request.execution(), Optional.empty())
                        .remembering(same)
                        // Asking for work on a paused run continues it.
                        .unpaused()));
        if (ours.epoch() != control.epoch() + 1 || !ours.execution().equals(request.execution())) {
            return Prepared.Refused.because(
                    "Cannot %s run %s: another execution has just taken it over. Nothing was changed. See 'rekey status --run %s'."
                            .formatted(request.action().verb(), manifest.run(), manifest.run()));
        }
        // A stop needs no tables, and a run that stopped before it had its locks gets none.
        boolean locks = goal.action() != Action.STOP && manifest.mayWrite();
        return (locks ? notLocked(ours.epoch(), whyNot) : Optional.<Prepared>empty())
                .orElseGet(() -> ready(goal, ours.epoch()));
    }

    private Prepared ready(Goal goal, int epoch) {
        if (goal.action() != Action.STOP) {
            // A stop does not look for later runs: resume does, and may be refused.
            // A rollback may still be refused: until it begins, the control remembers.
            if (goal.next() != Prepared.Next.UNDO) {
                var _ = changedByUs(epoch, Control::prepared);
            }
            // What failed before is not why this attempt may fail.
            documents.delete(new RunFolder(manifest.run()).failure());
        }
        return new Prepared.Ready(
                goal.action().word(),
                manifest.run(),
                goal.next(),
                epoch,
                manifest.levels().size(),
                manifest.lowestUndone(),
                manifest.options().resumedWith(request.options()),
                goal.next() == Prepared.Next.UNDO && goal.undoing().verify(),
                goal.idle());
    }

    private Optional<Prepared> notLocked(int epoch, Supplier<Optional<String>> whyNot) {
        var locks = new TableLocks(documents);
        var targets = PreparePlan.targets(manifest);
        return switch (locks.take(
                manifest.run(), request.execution(), invocation.time().instant(), targets)) {
            case TableLocks.LockOutcome.HeldBy held -> {
                var _ = changedByUs(epoch, Control::asBefore);
                yield Optional.of(PreparePlan.heldBy(request.action(), held));
            }
            case TableLocks.LockOutcome.Taken _ -> {
                var refusal = whyNot.get();
                if (refusal.isPresent() && changedByUs(epoch, Control::asBefore).epoch() == epoch) {
                    // The rollback of the later run needs the tables.
                    locks.release(manifest.run(), targets);
                }
                yield refusal.map(Prepared.Refused::because);
            }
        };
    }

    private Control changedByUs(int epoch, UnaryOperator<Control> change) {
        return changed(found ->
                Optional.of(found).filter(ours -> ours.epoch() == epoch).map(change));
    }

    private Control changed(Function<Control, Optional<Control>> change) {
        return new ControlObject(documents, new RunFolder(manifest.run())).change(change);
    }
}
