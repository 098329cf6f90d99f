package dev.rekey.engine.workflow;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.check.PlanCheck;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.TableLocks;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.scan.FrozenFiles;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Prepares a new run of a plan: {@code analyze}, {@code validate}, {@code test} and {@code migrate}. */
public final class PreparePlan {
    private final Documents documents;
    private final Sides sides;
    private final Invocation invocation;

    public PreparePlan(Documents documents, Sides sides, Invocation invocation) {
        this.documents = documents;
        this.sides = sides;
        this.invocation = invocation;
    }

    public Prepared prepare(Request request) {
        if (request.planText().isEmpty()) {
            return Prepared.Refused.because("Cannot " + request.action().verb() + ": the input has no \"plan\"."
                    + " Nothing was read or written. Add \"plan\": \"s3://BUCKET/plan.yaml\" or the plan itself.");
        }
        return switch (PlanReader.read(
                request.planText().get(), request.options().parameters())) {
            case PlanReading.Invalid invalid -> invalidPlan(request, "the plan", invalid.problems());
            case PlanReading.Valid valid ->
                unconfirmed(request, valid.plan())
                        .or(() -> outsideOfPlan(request, valid.plan()))
                        .or(() -> decidesNothing(request, valid.plan()))
                        .orElseGet(() -> described(request, valid));
        };
    }

    /** Writing needs the plan's name, typed by the user who starts it. */
    static Optional<Prepared> unconfirmed(Request request, Plan plan) {
        boolean writes = switch (request.action()) {
            case TEST, MIGRATE, ROLLBACK -> true;
            case ANALYZE, VALIDATE, VERIFY, RESUME, STOP -> false;
        };
        if (!writes || request.confirm().filter(plan.name().value()::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Prepared.Refused.because("Cannot " + request.action().verb()
                + ": the input has no valid confirmation. No table was written to. Start again with \"confirm\": \""
                + plan.name().value() + "\", the plan's name."));
    }

    private static Optional<Prepared> outsideOfPlan(Request request, Plan plan) {
        return request.options()
                .scope()
                .unknownIn(plan)
                .map(table -> Prepared.Refused.because(
                        "Cannot %s: plan %s has no table \"%s\". Nothing was read or written. Use one of: %s."
                                .formatted(
                                        request.action().verb(),
                                        plan.name().value(),
                                        table,
                                        Wording.list(plan.tables().stream()
                                                .map(TablePlan::name)
                                                .sorted()
                                                .toList()))));
    }

    private Prepared described(Request request, PlanReading.Valid valid) {
        var plan = valid.plan();
        var access = new Access(sides, invocation);
        var source = access.describe(plan, true);
        var target = new HashMap<>(access.describe(plan, false));
        // What is changed in place is written where it is read.
        plan.inPlace().forEach(table -> target.put(table.name(), source.get(table.name())));
        var problems = new ArrayList<>(valid.warnings());
        if (access.denied().isEmpty()) {
            problems.addAll(PlanCheck.check(plan, source, target));
        }
        if (access.denied().isEmpty() && isSound(problems)) {
            access.tryToWrite(plan, present(target), Optional.empty());
            request.granted().ifPresent(granted -> problems.addAll(Access.notGranted(plan, present(target), granted)));
        }
        problems.addAll(access.denied());
        var finding = new SourceFiles(sides, invocation, request.files());
        var files = finding.find(plan);
        problems.addAll(finding.problems());
        if (!isSound(problems)) {
            return invalidPlan(request, "plan " + plan.name().value(), problems);
        }
        return frozen(
                request,
                plan,
                sides(present(source), present(target)),
                FrozenFiles.divided(files, finding.names()),
                problems);
    }

    private Prepared frozen(
            Request request, Plan plan, Map<TableName, Shapes> tables, FrozenFiles divided, List<Problem> problems) {
        var folder = new RunFolder(request.task());
        var start = Control.start(Phase.ANALYZING, request.execution()).within(plan.limits());
        // First of all, so that a run that stops while it is prepared is seen, and can be kept from going on.
        documents.create(folder.control(), start);
        var text = request.planText().orElseThrow().getBytes(StandardCharsets.UTF_8);
        if (documents.createBytes(folder.planAsWritten(), text) instanceof PutOutcome.ConditionFailed) {
            // Somebody changed the plan between two attempts: what the first froze counts.
            return prepare(request.ofPlan(frozenText(folder)));
        }
        documents.create(folder.key("problems.json"), problems);
        // Before the manifest: a run that has one can go on, and needs all of this.
        var mappings = new FreezeMappings(documents, sides, invocation);
        var half = mappings.isFrozen(folder, plan)
                ? Optional.<Prepared>empty()
                : orRefused(request, start.epoch(), () -> halfWrittenMapping(request, plan));
        if (half.isPresent()) {
            var _ = refuse(request.task(), start.epoch());
            return half.get();
        }
        var earlier = new Once<>(() -> EarlierRuns.of(documents, plan.name(), request.task()));
        var faults = orRefused(
                request, start.epoch(), () -> mappings.freeze(folder, plan, tables, request.files(), earlier));
        if (faults.isEmpty()) {
            faults = orRefused(
                    request,
                    start.epoch(),
                    () -> new FreezeMerges(documents).freeze(folder, plan, tables, request.files(), earlier.get()));
        }
        if (!faults.isEmpty()) {
            var _ = refuse(request.task(), start.epoch());
            return invalidPlan(request, "plan " + plan.name().value(), faults);
        }
        var files = divided.freeze(documents, folder);
        var manifest = documents
                .find(folder.manifest(), Manifest.class)
                .map(Documents.Versioned::value)
                .orElseGet(() -> orRefused(
                        request,
                        start.epoch(),
                        () -> new LayOut(documents, sides, files, invocation)
                                .layOut(
                                        request,
                                        plan,
                                        tables,
                                        earlier.get().ids(),
                                        gone(request, plan, tables, earlier.get())
                                                .tables())));
        new WorkLists(documents).create(manifest, plan);
        return begun(request, plan, manifest, start);
    }

    /** What the run is to delete; what it is to keep is written down. */
    private FrozenGone gone(Request request, Plan plan, Map<TableName, Shapes> tables, EarlierRuns earlier) {
        if (request.options().keepGone()) {
            new FreezeGone(documents, earlier).keep(new RunFolder(request.task()), plan, tables);
        }
        return request.options().deleteGone()
                ? new FreezeGone(documents, earlier).freeze(new RunFolder(request.task()), plan, tables)
                : FrozenGone.NONE;
    }

    /** Why a run cannot delete or keep what is gone: of a part of the plan, that cannot be told; in place, nothing is. */
    private static Optional<Prepared> decidesNothing(Request request, Plan plan) {
        var options = request.options();
        if (!options.deleteGone() && !options.keepGone()) {
            return Optional.empty();
        }
        var option = options.deleteGone() ? "--delete-gone" : "--keep-gone";
        if (options.deleteGone() && options.keepGone()) {
            return Optional.of(
                    Prepared.Refused.because(
                            "Cannot migrate: what is gone cannot be both deleted and kept. No table was written to. Omit --delete-gone or --keep-gone."));
        }
        if (!request.options().scope().isEverything()) {
            return Optional.of(Prepared.Refused.because(
                    "Cannot migrate: records that are gone can be deleted or kept only by a run of the whole plan, and this one is of a part. No table was written to. Omit %s, or --table, --where and --without."
                            .formatted(option)));
        }
        return plan.copies()
                ? Optional.empty()
                : Optional.of(Prepared.Refused.because(
                        "Cannot migrate: the plan changes all its tables in place, where no record is left of one that is gone. No table was written to. Omit %s."
                                .formatted(option)));
    }

    private String frozenText(RunFolder folder) {
        return new String(documents.bytes(folder.planAsWritten()).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    /** What {@code work} gives. If it cannot be done at all, the run is refused. */
    private <T> T orRefused(Request request, int epoch, Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            switch (e.kind()) {
                // The preparation is tried again.
                case THROTTLED, UNAVAILABLE -> {}
                case DENIED, MISSING, INVALID -> {
                    var _ = refuse(request.task(), epoch);
                }
            }
            throw e;
        }
    }

    private Prepared begun(Request request, Plan plan, Manifest manifest, Control start) {
        var control = documents.get(new RunFolder(request.task()).control(), Control.class);
        if (control.value().epoch() != start.epoch() || control.value().phase() != start.phase()) {
            // A late attempt: since the first, the run was refused, or another execution has taken it.
            return Prepared.Refused.because(
                    "Cannot %s: run %s was prepared before and has advanced since; it is %s now. Nothing was changed. See 'rekey status --run %s', or start again."
                            .formatted(
                                    request.action().verb(),
                                    request.task(),
                                    control.value().phase().phrase(),
                                    request.task()));
        }
        var refusal = refused(request, manifest, start.epoch());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return new Prepared.Ready(
                        request.action().word(),
                        request.task(),
                        Prepared.first(request.action(), plan),
                        start.epoch(),
                        manifest.levels().size(),
                        manifest.lowestUndone(),
                        manifest.options())
                .idleIn(WorkLists.idle(manifest));
    }

    /** Refuses the run if another keeps it from its tables, unless somebody has taken it meanwhile. */
    private Optional<Prepared> refused(Request request, Manifest manifest, int epoch) {
        var refusal = notLocked(request, manifest).or(() -> halfWritten(documents, request.action(), manifest));
        if (refusal.isPresent()) {
            // Whose control says that it has ended holds no lock.
            if (refuse(request.task(), epoch)) {
                new TableLocks(documents).release(request.task(), targets(manifest));
            }
        }
        return refusal;
    }

    /**
     * Says that the run has ended, unless somebody has taken it meanwhile. Other attempts find another epoch.
     *
     * @return whether the run was still ours
     */
    private boolean refuse(RunId run, int epoch) {
        var control = new ControlObject(documents, new RunFolder(run))
                .change(found ->
                        Optional.of(found).filter(ours -> ours.epoch() == epoch).map(Control::refused));
        return control.epoch() == epoch + 1 && control.phase() == Phase.REFUSED;
    }

    /** Locks the tables, if the run is to write to them. */
    private Optional<Prepared> notLocked(Request request, Manifest manifest) {
        if (!manifest.mayWrite()) {
            return Optional.empty();
        }
        var outcome = new TableLocks(documents)
                .take(request.task(), request.execution(), invocation.time().instant(), targets(manifest));
        return switch (outcome) {
            case TableLocks.LockOutcome.Taken _ ->
                overtaken(documents, request.action(), manifest).map(Prepared.Refused::because);
            case TableLocks.LockOutcome.HeldBy held -> Optional.of(heldBy(request.action(), held));
        };
    }

    /** Refuses to read tables that another run has written by half. */
    static Optional<Prepared> halfWritten(Documents documents, Action action, Manifest manifest) {
        var sources = manifest.tables().values().stream()
                .map(TableOfRun::source)
                .filter(source -> !source.table().isFiles())
                .distinct()
                .toList();
        return halfWritten(documents, action, manifest.run(), "source table", sources);
    }

    /** A mapping is read before anything else is: what another run has written of it by half would be frozen. */
    private Optional<Prepared> halfWrittenMapping(Request request, Plan plan) {
        var source = new Sources(sides, invocation).of(plan.source());
        var mappings = plan.declared().families().stream()
                .flatMap(family -> family.rule().mapping() instanceof MappingSource.OfTable(var table, var _, var _)
                        ? source.describe(table).stream()
                        : Stream.<TableShape>empty())
                .distinct()
                .toList();
        return halfWritten(documents, request.action(), request.task(), "mapping table", mappings);
    }

    private static Optional<Prepared> halfWritten(
            Documents documents, Action action, RunId run, String kind, List<TableShape> tables) {
        return new TableLocks(documents)
                .writtenByAnother(run, tables)
                .map(by -> Prepared.Refused.because(
                        "Cannot %s: %s %s is being written by run %s, which has not ended, so its data may be incomplete. No table was written to. %s"
                                .formatted(action.verb(), kind, by.table(), by.run(), untilItEnds(by.run()))));
    }

    /**
     * Why a run that has written nothing yet must not begin, now that the tables are locked: a later one has overtaken it.
     * Runs are taken back in the reverse order of their ids, so they must write in that order, too.
     */
    static Optional<String> overtaken(Documents documents, Action action, Manifest manifest) {
        return new LaterRuns(documents)
                .firstThatWrote(manifest)
                .map(run ->
                        "Cannot %s run %s: run %s, which was started later, has already written to the same tables. Run %s has written nothing. Start a new run."
                                .formatted(action.verb(), manifest.run(), run, manifest.run()));
    }

    static Prepared heldBy(Action action, TableLocks.LockOutcome.HeldBy held) {
        return Prepared.Refused.because(
                "Cannot %s: table %s is being written by run %s, which has not ended. No table was written to. %s"
                        .formatted(action.verb(), held.table(), held.run(), untilItEnds(held.run())));
    }

    /** Neither of the last two commands is possible while an execution works on the run. */
    private static String untilItEnds(RunId run) {
        return "Wait for its end: rekey status --run %s --watch. To end it now: rekey stop --run %1$s. Once nobody works on it: rekey resume --run %1$s, or: rekey rollback --run %1$s."
                .formatted(run);
    }

    static List<TableShape> targets(Manifest manifest) {
        return manifest.tables().values().stream()
                .map(TableOfRun::target)
                .distinct()
                .toList();
    }

    private static boolean isSound(List<Problem> problems) {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    private static Map<TableName, Shapes> sides(Map<TableName, TableShape> source, Map<TableName, TableShape> target) {
        var tables = new HashMap<TableName, Shapes>();
        source.forEach((name, shape) -> tables.put(name, new Shapes(shape, target.get(name))));
        return tables;
    }

    private static Map<TableName, TableShape> present(Map<TableName, Optional<TableShape>> shapes) {
        var all = new HashMap<TableName, TableShape>();
        shapes.forEach((name, shape) -> all.put(name, shape.orElseThrow()));
        return all;
    }

    private static Prepared invalidPlan(Request request, String plan, List<Problem> problems) {
        var errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        var first = errors.getFirst();
        return new Prepared.Refused(
                "Cannot %s: %s has %s%s %s at %s: %s. No table was written to. %s"
                        .formatted(
                                request.action().verb(),
                                plan,
                                Wording.count(errors.size(), "error"),
                                Wording.agree(errors.size(), ":", ", the first of which is"),
                                first.id(),
                                first.path(),
                                first.fact(),
                                first.hint()),
                problems);
    }
}
