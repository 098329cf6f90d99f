package dev.rekey.engine.prepare;

import dev.rekey.engine.control.ControlObject;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.execution.Executions;
import dev.rekey.engine.execution.Standing;
import dev.rekey.engine.lock.TableLocks;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.turn.Turn;
import java.util.Optional;

/** Prepares work on a run that exists: {@code verify}, {@code rollback}, {@code resume} and {@code stop}. */
public final class PrepareRun {
    private final Documents documents;
    private final Executions executions;
    private final Turn turn;

    public PrepareRun(Documents documents, Executions executions, Turn turn) {
        this.documents = documents;
        this.executions = executions;
        this.turn = turn;
    }

    /** Reads the plan that is frozen in the run. */
    @FunctionalInterface
    public interface FrozenPlan {
        Plan of(RunFolder folder);
    }

    public Prepared prepare(Request request, FrozenPlan plans) {
        var action = request.action();
        var id = request.run().filter(RunId::isValid).map(RunId::new);
        var manifest = id.flatMap(run -> documents.find(new RunFolder(run).manifest(), Manifest.class))
                .map(Documents.Versioned::value);
        if (manifest.isEmpty()) {
            return Prepared.Refused.because("Cannot " + action.verb() + ": there is no run \""
                    + request.run().orElse("") + "\". Nothing was changed. Find the run's id with 'rekey runs'.");
        }
        var folder = new RunFolder(manifest.get().run());
        var control = documents.get(folder.control(), Control.class).value();
        var plan = plans.of(folder);
        return PreparePlan.unconfirmed(request, plan).orElseGet(() -> switch (action) {
            case VERIFY -> verify(manifest.get(), control);
            case ROLLBACK -> rollback(request, plan, manifest.get(), control);
            case RESUME -> resume(request, plan, manifest.get(), control);
            case STOP -> stop(request, manifest.get(), control);
            case ANALYZE, VALIDATE, TEST, MIGRATE ->
                throw new IllegalArgumentException(action.word() + " starts a run of its own");
        });
    }

    private static Prepared verify(Manifest manifest, Control control) {
        return switch (control.phase()) {
            case MIGRATED ->
                new Prepared.Ready(
                        Action.VERIFY.word(),
                        manifest.run(),
                        Prepared.Next.VERIFY,
                        control.epoch(),
                        manifest.levels().size(),
                        manifest.asked());
            case ANALYZING, TESTING, MIGRATING, ROLLING_BACK, READ, REFUSED, TESTED, ROLLED_BACK ->
                Prepared.Refused.because(
                        "Cannot verify run %s: it is %s, not migrated. Nothing was changed. Verify a run that 'rekey runs' shows as migrated."
                                .formatted(manifest.run(), word(control.phase())));
        };
    }

    private Prepared rollback(Request request, Plan plan, Manifest manifest, Control control) {
        var undo = new UndoLists(documents, manifest, plan);
        var nothing = undo.nothingToUndo(control, request.undoing().drift());
        if (nothing.isPresent()) {
            return Prepared.Refused.because(nothing.get());
        }
        var worked = workedOn(request, manifest, control);
        if (worked.isPresent()) {
            return worked.get();
        }
        var refusal = undo.laterRun().or(() -> undo.whyNot(request.undoing(), control));
        if (refusal.isPresent()) {
            return Prepared.Refused.because(refusal.get());
        }
        // A rollback that goes on counts what it did before; one that begins does not count what others did.
        var drift = request.undoing().drift();
        boolean goesOn =
                control.phase() == Phase.ROLLING_BACK && control.undoing().drift() == drift;
        var undone = goesOn ? control.undoing().undone() : undo.undone(drift);
        return undone(request, undo, control, request.undoing().after(undone));
    }

    private Prepared resume(Request request, Plan plan, Manifest manifest, Control control) {
        var phase = control.phase();
        var action = Action.of(manifest.action()).orElseThrow();
        var worked = workedOn(request, manifest, control);
        if (worked.isPresent()) {
            return worked.get();
        }
        return switch (phase) {
            case ANALYZING -> {
                var next = action == Action.TEST ? Prepared.Next.TEST : Prepared.Next.ANALYZE;
                yield takenOver(request, manifest, control, phase, action, next);
            }
            case MIGRATING -> takenOver(request, manifest, control, phase, action, Prepared.Next.MIGRATE);
            // What a test wrote is removed again in any case.
            case TESTING, ROLLING_BACK ->
                undone(request, new UndoLists(documents, manifest, plan), control, control.undoing());
            case READ, REFUSED, MIGRATED, TESTED, ROLLED_BACK ->
                Prepared.Refused.because(
                        "Cannot resume run %s: it has ended and is %s. Nothing was changed. Nothing has to be done."
                                .formatted(manifest.run(), word(phase)));
        };
    }

    /** The run keeps its phase and its locks; nobody works on it any more. */
    private Prepared stop(Request request, Manifest manifest, Control control) {
        var phase = control.phase();
        return phase.isUnfinished()
                ? takenOver(request, manifest, control, phase, Action.STOP, Prepared.Next.STOP)
                : Prepared.Refused.because(
                        "Cannot stop run %s: it has ended and is %s. Nothing was changed. Nothing has to be done."
                                .formatted(manifest.run(), word(phase)));
    }

    /** Refuses to take a run from an execution that goes on. One whose state cannot be told is fenced off. */
    private Optional<Prepared> workedOn(Request request, Manifest manifest, Control control) {
        boolean other = control.phase().isUnfinished() && !control.execution().equals(request.execution());
        if (!other || !(executions.of(control.execution()) instanceof Standing.Running)) {
            return Optional.empty();
        }
        return Optional.of(Prepared.Refused.because(("Cannot %s run %s: execution %s works on it and has not ended."
                        + " Nothing was changed. Wait for its end, or stop it first: rekey stop --run %s.")
                .formatted(request.action().verb(), manifest.run(), control.execution(), manifest.run())));
    }

    private Prepared undone(Request request, UndoLists undo, Control control, Undoing undoing) {
        undo.write(request.task(), undoing);
        var told = control.undoing(undoing);
        return takenOver(request, undo.manifest(), told, Phase.ROLLING_BACK, Action.ROLLBACK, Prepared.Next.UNDO);
    }

    /**
     * Raises the epoch, so that whoever worked on the run before stops, then locks the tables: the lock of a run whose
     * control says that it has ended could be taken over by another.
     */
    private Prepared takenOver(
            Request request, Manifest manifest, Control control, Phase phase, Action action, Prepared.Next next) {
        var folder = new RunFolder(manifest.run());
        var ours = new ControlObject(documents, folder)
                .change(found -> Optional.of(found)
                        .filter(same -> same.epoch() == control.epoch() && same.phase() == control.phase())
                        .map(same -> same.undoing(control.undoing())
                                .takenOver(phase, request.execution(), Optional.empty())
                                // Whoever asks for work on a paused run wants it to go on.
                                .unpaused()));
        if (ours.epoch() != control.epoch() + 1 || !ours.execution().equals(request.execution())) {
            return Prepared.Refused.because(
                    "Cannot %s run %s: another execution has just taken it. Nothing was changed. See 'rekey status --run %s'."
                            .formatted(request.action().verb(), manifest.run(), manifest.run()));
        }
        return locked(request, manifest, ours.epoch(), control.phase()).orElseGet(() -> {
            if (action != Action.STOP) {
                // What failed before is not why this attempt may fail.
                documents.delete(folder.failure());
            }
            return new Prepared.Ready(
                    action.word(),
                    manifest.run(),
                    next,
                    ours.epoch(),
                    manifest.levels().size(),
                    manifest.asked().resumedWith(request.asked()));
        });
    }

    /** Locks the tables; if another run holds one, the run goes back to {@code phase} and is refused. */
    private Optional<Prepared> locked(Request request, Manifest manifest, int epoch, Phase phase) {
        boolean reads = Action.of(manifest.action())
                .filter(action -> action == Action.TEST || action == Action.MIGRATE)
                .isEmpty();
        if (reads) {
            return Optional.empty();
        }
        var outcome = new TableLocks(documents)
                .take(manifest.run(), request.execution(), turn.time().instant(), PreparePlan.targets(manifest));
        var refusal = switch (outcome) {
            case TableLocks.Outcome.Taken _ ->
                request.action() == Action.RESUME && phase == Phase.ANALYZING
                        ? PreparePlan.overtaken(documents, request.action(), manifest)
                        : Optional.<Prepared>empty();
            case TableLocks.Outcome.HeldBy held -> Optional.of(PreparePlan.heldBy(request.action(), held));
        };
        if (refusal.isPresent()) {
            var _ = new ControlObject(documents, new RunFolder(manifest.run()))
                    .change(control -> Optional.of(control)
                            .filter(ours -> ours.epoch() == epoch)
                            .map(ours -> ours.in(phase)));
        }
        return refusal;
    }

    static String word(Phase phase) {
        return phase.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
