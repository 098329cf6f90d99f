package dev.rekey.engine.proof;

import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.check.JoinedChecks;
import dev.rekey.engine.checkpoint.SegmentOutcome;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.control.ControlObject;
import dev.rekey.engine.copy.CopySegment;
import dev.rekey.engine.execution.Executions;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.judge.Analysis;
import dev.rekey.engine.judge.JudgeData;
import dev.rekey.engine.judge.JudgeLevel;
import dev.rekey.engine.judge.LevelResult;
import dev.rekey.engine.judge.Matches;
import dev.rekey.engine.lookup.FamilyRecords;
import dev.rekey.engine.lookup.InSource;
import dev.rekey.engine.mapping.Orphans;
import dev.rekey.engine.opened.FrozenOrphans;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.PlanReader;
import dev.rekey.engine.plan.PlanReading;
import dev.rekey.engine.plan.Problem;
import dev.rekey.engine.prepare.PreparePlan;
import dev.rekey.engine.prepare.PrepareRun;
import dev.rekey.engine.prepare.Prepared;
import dev.rekey.engine.prepare.Request;
import dev.rekey.engine.report.Ending;
import dev.rekey.engine.report.Reporting;
import dev.rekey.engine.rollback.Fence;
import dev.rekey.engine.rollback.RollbackSegment;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Asked;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.DividedTable;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.undo.PageLog;
import dev.rekey.engine.verify.LevelMatch;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.verify.VerifySource;
import dev.rekey.engine.verify.VerifyTarget;
import dev.rekey.engine.verify.VerifyWork;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The functions of the workflow, which call the engine as the handlers do. */
final class Functions {
    /** A record or two. */
    private static final long BYTES_PER_RANGE = 30;

    private static final Map<String, Plan> PLANS = new ConcurrentHashMap<>();

    private final Execution.Start start;
    private final Plan plan;
    private final RunFolder folder;
    private Optional<OpenedRun> opened = Optional.empty();
    private final Executions executions = new UnknownExecutions();
    private Optional<OpenedRun> withOrphans = Optional.empty();

    /** One turn at one item. */
    @FunctionalInterface
    interface OfSegment {
        SegmentOutcome turn(Invocation call, Progress at, WorkItem item);
    }

    Functions(Execution.Start start) {
        this.start = start;
        this.plan = plan(start.plan());
        this.folder = new RunFolder(start.run());
    }

    /** The plan that {@code text} holds, which is right. */
    static Plan plan(String text) {
        return PLANS.computeIfAbsent(text, one -> switch (PlanReader.read(one)) {
            case PlanReading.Valid valid -> valid.plan();
            case PlanReading.Invalid invalid -> throw new AssertionError(invalid.problems());
        });
    }

    Prepared prepare(Invocation call, Progress at) {
        var request = new Request(
                start.action(),
                Optional.of(start.plan()),
                start.on().map(Object::toString),
                Optional.of(plan.name().value()),
                Asked.NOTHING,
                start.undoing(),
                start.arn(),
                start.task(),
                start.at());
        try {
            return start.action().needsRun()
                    ? new PrepareRun(call.documents(), executions, call.turn()).prepare(request, _ -> plan)
                    : new PreparePlan(call.documents(), _ -> call.tables(), call.turn()).prepare(request);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED, UNAVAILABLE -> throw e;
                case DENIED, MISSING, INVALID -> new Prepared.Refused(e.getMessage(), List.of());
            };
        }
    }

    List<WorkItem> items(Invocation call, String name) {
        return List.of(call.documents().get(folder.work(name), WorkItem[].class).value());
    }

    SegmentOutcome analyze(Invocation call, Progress at, WorkItem item) {
        var run = opened(call);
        var name = item.table().orElseThrow();
        var source = call.scan(run.manifest().table(name).source().table());
        var writes = new EarlierWrites(call.documents(), run.manifest(), name);
        var conflicts = new TargetConflicts(run, name, call.tables(), call.tables(), writes, call.turn());
        var step = new AnalyzeSegment(run, name, item.segment(), source, conflicts, call.documents(), BYTES_PER_RANGE);
        return work(call, at, Stage.ANALYZE, item, step);
    }

    void match(Invocation call, Progress at, WorkItem item) {
        var documents = call.documents();
        var run = opened(call);
        int level = item.level();
        if (level > 0) {
            var source = new InSource(run, call.tables(), call.turn());
            new LevelMatch(run, documents, source, call.turn(), start.task(), level, Search.NOTHING)
                    .match(item.index());
            return;
        }
        var target = new FamilyRecords(run, call.tables(), false, call.turn().patience());
        Existing existing = (family, old) ->
                !target.of(family, run.derivations().get(family).newId(old), 1).isEmpty();
        var checks = new JoinedChecks(plan, documents, folder, item.index());
        var matched = new MatchPartition(documents, existing, checks)
                .match(folder.joinPrefix(AnalyzeSegment.JOIN), Earlier.NOTHING, item.index());
        checks.write();
        Matches.write(documents, run, item.index(), matched);
    }

    Analysis judge(Invocation call, Progress at) {
        var documents = call.documents();
        var fromPlan =
                documents.get(folder.key("problems.json"), Problem[].class).value();
        var analysis = new JudgeData(documents, opened(call), 8).judge(Arrays.asList(fromPlan));
        if (!analysis.verdict().equals(Analysis.NOT_READY)
                && !new ControlObject(documents, folder).begin(at.epoch(), Phase.MIGRATING)) {
            throw new Platform.StateFailed("another execution has taken the run");
        }
        return analysis;
    }

    SegmentOutcome copy(Invocation call, Progress at, WorkItem item) {
        var run = withOrphans(call);
        var name = item.table().orElseThrow();
        var table = run.manifest().table(name);
        var work = new CopySegment.Work(
                start.run(),
                at.epoch(),
                plan.table(name),
                table,
                run.mapping(name),
                item.segment(),
                new EarlierWrites(call.documents(), run.manifest(), name));
        var source = source(call, table);
        var log = new PageLog(call.documents(), folder);
        return work(call, at, Stage.COPY, item, new CopySegment(work, source, call.tables(), log, call.turn()));
    }

    SegmentOutcome verify(Invocation call, Progress at, WorkItem item) {
        var run = withOrphans(call);
        var name = item.table().orElseThrow();
        var table = run.manifest().table(name);
        var work = new VerifyWork(start.task(), name, item.segment(), table.level(), Search.NOTHING, Showing.IDS);
        var side = item.side().orElseThrow();
        PageStep step = side.equals(WorkItem.TARGET)
                ? new VerifyTarget(run, work, target(call, table), call.documents())
                : new VerifySource(run, work, source(call, table), call.tables(), call.documents(), call.turn());
        return work(call, at, Stage.verify(start.task(), side), item, step);
    }

    LevelResult judgeLevel(Invocation call, int level) {
        return new JudgeLevel(call.documents(), opened(call), start.task()).judge(level);
    }

    Fence.Outcome fence(Invocation call, Progress at) {
        var cause = Optional.of(at.cause()).filter(text -> !text.isEmpty());
        return new Fence(call.documents(), folder, executions, call.turn()).close(at.epoch(), start.arn(), cause);
    }

    SegmentOutcome undo(Invocation call, Progress at, WorkItem item) {
        var name = item.table().orElseThrow();
        var target = opened(call).manifest().table(name).target();
        var undoing =
                call.documents().get(folder.control(), Control.class).value().undoing();
        var work = new RollbackSegment.Work(folder, name, item.segment(), target, undoing);
        return work(
                call,
                at,
                Stage.ROLLBACK,
                item,
                new RollbackSegment(work, call.tables(), call.documents(), call.turn()));
    }

    Reporting.Outcome report(Invocation call, Progress at, Ending ending) {
        var action = Action.of(at.ready().orElseThrow().action()).orElseThrow();
        var request = new Reporting.Request(start.task(), at.epoch(), action, ending, at.cause());
        return new Reporting(call.documents(), opened(call), call.turn().time()).report(request);
    }

    private static DividedTable source(Invocation call, TableOfRun table) {
        var scan = call.scan(table.source().table());
        return new DividedTable(scan, table.source(), table.segments(), table.ranges());
    }

    private static DividedTable target(Invocation call, TableOfRun table) {
        var scan = call.scan(table.target().table());
        return new DividedTable(scan, table.target(), table.targetSegments(), table.targetRanges());
    }

    private SegmentOutcome work(Invocation call, Progress at, Stage stage, WorkItem item, PageStep step) {
        return new SegmentWork(call.documents(), folder, at.epoch(), call.turn())
                .run(stage, item.table().orElseThrow(), item.segment(), step);
    }

    /** A warm function has opened the run before. */
    private OpenedRun opened(Invocation call) {
        if (opened.isEmpty()) {
            var manifest =
                    call.documents().get(folder.manifest(), Manifest.class).value();
            opened = Optional.of(OpenedRun.of(plan, manifest, Orphans.NONE));
        }
        return opened.get();
    }

    private OpenedRun withOrphans(Invocation call) {
        if (withOrphans.isEmpty()) {
            // The ranges are new in it since the run was opened first.
            var manifest =
                    call.documents().get(folder.manifest(), Manifest.class).value();
            withOrphans = Optional.of(OpenedRun.of(plan, manifest, FrozenOrphans.load(call.documents(), folder)));
        }
        return withOrphans.get();
    }
}
