package dev.rekey.engine.workflow;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.undo.Fence;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Makes sure that no worker writes any more. */
public record FenceState(Ports ports) {
    /**
     * Looks once whether all writers have stopped.
     *
     * @param execution ARN of the execution that stops them
     * @param cause why the run is rolled back; empty if no reason was given
     */
    public Fence.FenceOutcome run(Task task, String execution, Optional<String> cause) {
        var fence =
                new Fence(ports.documents(), task.folder(), ports.executions().get(), ports.invocation());
        var outcome = task.is(Action.STOP) ? fence.await(task.epoch()) : fence.close(task.epoch(), execution, cause);
        switch (outcome) {
            case Fence.FenceOutcome.Closed closed -> {
                begun(task, closed.epoch(), cause);
                ports.record(
                        task,
                        new Decision.WritersStopped(closed.epoch(), closed.how().sentence()));
            }
            case Fence.FenceOutcome.Waiting waiting -> begun(task, waiting.epoch(), cause);
            case Fence.FenceOutcome.Superseded _ -> {}
        }
        return outcome;
    }

    /** What the writers are stopped for: somebody's wish, or a rollback and before it what made it necessary. */
    private void begun(Task task, int epoch, Optional<String> cause) {
        if (task.is(Action.STOP)) {
            var earlier = ports.control(task).ownership().earlier();
            ports.record(task, new Decision.Stopped(earlier.isEmpty() ? "" : earlier.getLast(), epoch));
            return;
        }
        ports.documents()
                .find(task.folder().failure(), Failure.class)
                .map(Versioned::value)
                .ifPresent(failure ->
                        ports.record(task, new Decision.Failed(failure.id(), failure.table(), failure.message())));
        var control = ports.control(task);
        ports.record(
                task,
                new Decision.RollbackStarted(
                        epoch, cause.orElse(""), control.undoing().onlyPart()));
        liftTheLimit(task, epoch);
    }

    /**
     * Once: a limit that somebody sets from here on is for the rollback. Recorded afterwards: the ledger says only what
     * happened, and nobody's change is lost that comes in between.
     */
    private void liftTheLimit(Task task, int epoch) {
        var lifted = new AtomicReference<Optional<Limits>>(Optional.empty());
        var _ = new ControlObject(ports.documents(), task.folder()).change(found -> {
            var ours = Optional.of(found)
                    .filter(one -> one.epoch() == epoch && !one.undoing().keepLimit());
            lifted.set(ours.map(Control::limits)
                    .filter(limits -> limits.writeUnitsPerSecond().isPresent())
                    .map(limits -> new Limits(limits.readUnitsPerSecond(), Optional.empty())));
            return ours.map(one -> one.within(lifted.get().orElse(one.limits()))
                    .undoing(one.undoing().keepingLimit(true)));
        });
        lifted.get()
                .ifPresent(now -> ports.record(
                        task,
                        new Decision.LimitsChanged(
                                ports.invocation().time().instant(), now.readUnitsPerSecond(), Optional.empty())));
    }
}
