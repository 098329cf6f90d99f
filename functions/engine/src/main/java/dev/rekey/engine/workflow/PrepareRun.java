package dev.rekey.engine.workflow;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.verify.VerifyScope;
import dev.rekey.engine.workflow.TakeOver.Goal;
import java.util.List;
import java.util.Optional;

/** Prepares work on a run that exists: {@code verify}, {@code rollback}, {@code resume} and {@code stop}. */
public final class PrepareRun {
    private final Documents documents;
    private final Executions executions;
    private final Invocation invocation;
    private final ReliedOn reliedOn;

    PrepareRun(Ports ports) {
        this.documents = ports.documents();
        this.executions = ports.executions().get();
        this.invocation = ports.invocation();
        this.reliedOn = new ReliedOn(ports);
    }

    /** Reads the plan that is frozen in the run, with the parameters that are. */
    @FunctionalInterface
    public interface FrozenPlan {
        Plan of(Manifest manifest);
    }

    public Prepared prepare(Request request, FrozenPlan plans) {
        var action = request.action();
        var id = request.run().filter(RunId::isValid).map(RunId::new);
        var manifest = id.flatMap(run -> documents.find(new RunFolder(run).manifest(), Manifest.class))
                .map(Documents.Versioned::value);
        var unprepared = id.filter(_ -> manifest.isEmpty()).flatMap(run -> UnpreparedRun.find(documents, run));
        if (unprepared.isPresent()) {
            return unprepared(action, unprepared.get());
        }
        if (manifest.isEmpty()) {
            return Prepared.Refused.because("Cannot " + action.verb() + ": there is no run \""
                    + request.run().orElse("") + "\". Nothing was changed. Find the run's id with 'rekey runs'.");
        }
        var folder = new RunFolder(manifest.get().run());
        var control = documents.get(folder.control(), Control.class).value();
        var plan = plans.of(manifest.get());
        return PreparePlan.unconfirmed(request, plan).orElseGet(() -> switch (action) {
            case VERIFY -> verify(request, manifest.get(), control);
            case ROLLBACK -> rollback(request, plan, manifest.get(), control);
            case RESUME -> resume(request, plan, manifest.get(), control);
            case STOP -> stop(request, manifest.get(), control);
            case ANALYZE, VALIDATE, TEST, MIGRATE ->
                throw new IllegalArgumentException(action.word() + " starts a new run");
        });
    }

    /** No state of the workflow could do anything with such a run: it is stopped here, and nothing else can be done. */
    private Prepared unprepared(Action action, UnpreparedRun run) {
        return Prepared.Refused.because(Optional.of(run)
                .filter(_ -> action == Action.STOP)
                .flatMap(one -> one.stop(documents))
                .map(UnpreparedRun::stopped)
                .orElseGet(() -> run.refusal(action.verb())));
    }

    private Prepared verify(Request request, Manifest manifest, Control control) {
        return switch (control.phase()) {
            case MIGRATED ->
                torn(Action.VERIFY, manifest, control)
                        .or(() -> PreparePlan.halfWritten(documents, Action.VERIFY, manifest))
                        .or(() -> notOfTheRun(request.options().scope(), manifest))
                        .orElseGet(() -> verified(request, manifest, control));
            case ANALYZING, TESTING, MIGRATING, ROLLING_BACK, READ, REFUSED, TESTED, ROLLED_BACK ->
                Prepared.Refused.because(
                        "Cannot verify run %s: it is %s, not migrated. Nothing was changed. Verify a run that 'rekey runs' shows as migrated."
                                .formatted(manifest.run(), control.phase().phrase()));
        };
    }

    private static Optional<Prepared> notOfTheRun(Scope scope, Manifest manifest) {
        return scope.tables().stream()
                .filter(table -> !manifest.named().contains(table))
                .findFirst()
                .map(table -> Prepared.Refused.because(
                        "Cannot verify table %s of run %s: the run has no such table. Nothing was read. Use one of: %s."
                                .formatted(table, manifest.run(), Wording.list(manifest.named()))));
    }

    private Prepared verified(Request request, Manifest manifest, Control control) {
        var scope = request.options().scope();
        if (!scope.isEverything()) {
            new VerifyScope(scope).write(documents, new RunFolder(manifest.run()), request.task());
        }
        return new Prepared.Ready(
                Action.VERIFY.word(),
                manifest.run(),
                Prepared.Next.VERIFY,
                control.epoch(),
                manifest.levels().size(),
                manifest.lowestUndone(),
                manifest.options());
    }

    /** Refuses work on all tables of a run of whose log something is gone. */
    private Optional<Prepared> torn(Action action, Manifest manifest, Control control) {
        return new LogCheck(documents, manifest)
                .refusal(action, manifest.tables().keySet(), control.phase());
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
        var later = new LaterRuns(documents);
        return undo.whyNot(request.undoing(), control)
                .<Prepared>map(Prepared.Refused::because)
                .or(() -> new LogCheck(documents, manifest)
                        .refusal(Action.ROLLBACK, undo.tables(request.undoing()), control.phase()))
                .or(() ->
                        undo.laterRun(Action.ROLLBACK, request.undoing(), later).map(Prepared.Refused::because))
                .or(() -> reliedOn.refusal(manifest, undo.tables(request.undoing()), request.undoing())
                        .map(Prepared.Refused::because))
                .or(() -> new UndoScope(documents, manifest)
                        .whyNot(request.undoing(), undo.tables(request.undoing()))
                        .map(Prepared.Refused::because))
                .orElseGet(() -> undone(request, undo, control, undo.following(control, request.undoing()), later));
    }

    private Prepared resume(Request request, Plan plan, Manifest manifest, Control control) {
        var phase = control.phase();
        var action = Action.of(manifest.action()).orElseThrow();
        var worked = workedOn(request, manifest, control);
        if (worked.isPresent()) {
            return worked.get();
        }
        var torn = phase.isUnfinished() ? torn(Action.RESUME, manifest, control) : Optional.<Prepared>empty();
        if (torn.isPresent()) {
            return torn.get();
        }
        var undo = new UndoLists(documents, manifest, plan);
        var later = new LaterRuns(documents);
        return switch (phase) {
            case ANALYZING -> {
                var next = Prepared.first(action, plan);
                // The run may have stopped while it was prepared, before all lists were written.
                new WorkLists(documents).create(manifest, plan);
                yield PreparePlan.halfWritten(documents, Action.RESUME, manifest)
                        .orElseGet(() -> takeOver(request, manifest, control)
                                .to(
                                        new Goal(phase, action, next, control.undoing(), WorkLists.idle(manifest)),
                                        () -> PreparePlan.overtaken(documents, Action.RESUME, manifest)));
            }
            case MIGRATING ->
                PreparePlan.halfWritten(documents, Action.RESUME, manifest)
                        .orElseGet(() -> takeOver(request, manifest, control)
                                .to(
                                        new Goal(
                                                phase,
                                                action,
                                                Prepared.Next.MIGRATE,
                                                control.undoing(),
                                                WorkLists.idle(manifest)),
                                        () -> undo.laterRun(Action.RESUME, Undoing.ALL, later)));
            // What a test wrote is removed again in any case.
            case TESTING, ROLLING_BACK -> undone(request, undo, control, control.undoing(), later);
            case READ, REFUSED, MIGRATED, TESTED, ROLLED_BACK ->
                Prepared.Refused.because(
                        "Cannot resume run %s: it has ended and is %s. Nothing was changed. No action is needed."
                                .formatted(manifest.run(), phase.phrase()));
        };
    }

    /** The run keeps its phase and its locks; no worker is left. */
    private Prepared stop(Request request, Manifest manifest, Control control) {
        var phase = control.phase();
        return phase.isUnfinished()
                ? takeOver(request, manifest, control)
                        .to(
                                new Goal(phase, Action.STOP, Prepared.Next.STOP, control.undoing(), List.of()),
                                Optional::empty)
                : Prepared.Refused.because(
                        "Cannot stop run %s: it has ended and is %s. Nothing was changed. No action is needed."
                                .formatted(manifest.run(), phase.phrase()));
    }

    /** Refuses to take a run from an execution that goes on. One whose state cannot be told is fenced off. */
    private Optional<Prepared> workedOn(Request request, Manifest manifest, Control control) {
        boolean other = control.phase().isUnfinished() && !control.execution().equals(request.execution());
        if (!other || !(executions.of(control.execution()) instanceof ExecutionState.Running)) {
            return Optional.empty();
        }
        return Optional.of(Prepared.Refused.because(("Cannot %s run %s: execution %s is working on it."
                        + " Nothing was changed. Wait for its end, or stop it first: rekey stop --run %s.")
                .formatted(request.action().verb(), manifest.run(), control.execution(), manifest.run())));
    }

    private Prepared undone(Request request, UndoLists undo, Control control, Undoing undoing, LaterRuns later) {
        var idle = undo.write(request.task(), undoing);
        return takeOver(request, undo.manifest(), control)
                .to(
                        new Goal(Phase.ROLLING_BACK, Action.ROLLBACK, Prepared.Next.UNDO, undoing, idle),
                        () -> undo.laterRun(request.action(), undoing, later)
                                .or(() -> reliedOn.refusal(undo.manifest(), undo.tables(undoing), undoing)));
    }

    private TakeOver takeOver(Request request, Manifest manifest, Control control) {
        return new TakeOver(documents, invocation, request, manifest, control);
    }
}
