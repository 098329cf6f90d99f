package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.check.JoinedChecks;
import dev.rekey.engine.checkpoint.SegmentOutcome;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.copy.CopySegment;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.judge.Analysis;
import dev.rekey.engine.judge.JudgeData;
import dev.rekey.engine.judge.JudgeLevel;
import dev.rekey.engine.judge.LevelResult;
import dev.rekey.engine.judge.Matches;
import dev.rekey.engine.lookup.Existence;
import dev.rekey.engine.lookup.FamilyRecords;
import dev.rekey.engine.lookup.InSource;
import dev.rekey.engine.mapping.Orphans;
import dev.rekey.engine.opened.FrozenOrphans;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.pace.Pacing;
import dev.rekey.engine.plan.Plan;
import dev.rekey.engine.plan.Problem;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.prepare.Prepared;
import dev.rekey.engine.report.Ending;
import dev.rekey.engine.report.Reporting;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.rollback.Fence;
import dev.rekey.engine.rollback.RollbackSegment;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Asked;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.DividedTable;
import dev.rekey.engine.scan.ScannedTable;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.table.PhysicalTable;
import dev.rekey.engine.turn.Turn;
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
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One execution on a prepared run: the workflow's steps, one by one or in their order. */
final class Migration {
    private static final int WORKERS = 8;

    private final World world;
    private final String text;
    private final Plan plan;
    private final RunId run;
    private final RunId task;
    private final String execution;
    private final Action action;
    private final String undo;
    private int epoch;
    private Showing showing = Showing.IDS;

    Migration(World world, String planText, Start start, Prepared.Ready ready) {
        this.world = world;
        this.text = planText;
        this.plan = Plans.read(planText);
        this.run = ready.run();
        this.task = start.task();
        this.execution = start.execution();
        this.action = Action.of(ready.action()).orElseThrow();
        this.undo = ready.next() == Prepared.Next.UNDO ? "undo-" + task + "-" : "level-";
        this.epoch = ready.epoch();
    }

    /** A run that has passed its validation and may write. */
    static Migration begun(World world, String planText) {
        var migration = prepared(world, planText);
        assertThat(migration.validate().verdict()).isNotEqualTo(Analysis.NOT_READY);
        migration.begin();
        return migration;
    }

    static Migration prepared(World world, String planText) {
        var start = new Start(world, "first");
        return new Migration(world, planText, start, start.ready(Action.MIGRATE, planText));
    }

    /** The same run under another execution, which has checkpoints of its own to verify by. */
    Migration again(String name) {
        var ready = new Prepared.Ready(action.word(), run, Prepared.Next.VERIFY, epoch, 1, Asked.NOTHING);
        return new Migration(world, text, new Start(world, name), ready);
    }

    /** From here on, verification writes values down. */
    void showValues() {
        showing = Showing.VALUES;
    }

    RunId run() {
        return run;
    }

    RunFolder folder() {
        return new RunFolder(run);
    }

    int epoch() {
        return epoch;
    }

    Control control() {
        return world.documents(world.turn())
                .get(folder().control(), Control.class)
                .value();
    }

    /** Where the source record goes, by the run's mapping. */
    Map<String, AttributeValue> mapped(String table, Map<String, AttributeValue> record) {
        return switch (opened(Orphans.NONE).mapping(new TableName(table)).map(record)) {
            case dev.rekey.engine.mapping.MappingOutcome.Mapped mapped -> mapped.item();
            case dev.rekey.engine.mapping.MappingOutcome.FilteredOut _,
                    dev.rekey.engine.mapping.MappingOutcome.Unmappable _ ->
                throw new AssertionError("not mapped: " + record.get("id"));
        };
    }

    Analysis validate() {
        items("analyze").forEach(item -> finish(() -> analyze(item)));
        items("match").forEach(this::match);
        var documents = world.documents(world.turn());
        var fromPlan = documents.get(folder().key("problems.json"), Problem[].class);
        return new JudgeData(documents, opened(Orphans.NONE), WORKERS).judge(Arrays.asList(fromPlan.value()));
    }

    void begin() {
        var documents = world.documents(world.turn());
        var control = documents.get(folder().control(), Control.class);
        assertThat(control.value().epoch()).isEqualTo(epoch);
        var _ = documents.replace(folder().control(), control.value().in(Phase.MIGRATING), control.version());
    }

    /** Copies and verifies level by level; ends with the first level that is not right. */
    LevelResult migrate() {
        for (int level = 1; ; level++) {
            copy(level);
            var result = verify(level);
            if (result.failures() > 0 || level == manifest().levels().size()) {
                return result;
            }
        }
    }

    void copy(int level) {
        items("level-" + level).forEach(item -> finish(() -> copy(item, world.turn())));
    }

    /** One turn at the only segment of {@code table}. */
    SegmentOutcome copyTurn(String table) {
        return copyTurn(table, world.turn());
    }

    SegmentOutcome copyTurn(String table, Turn turn) {
        return copy(
                WorkItem.segments(new TableName(table), WorkItem.SOURCE, 1, 1).getFirst(), turn);
    }

    /** Verifies a level; a turn goes on while the clock stands still. */
    LevelResult verify(int level) {
        items("verify-" + level).forEach(item -> finish(() -> verify(item, world.turn())));
        items("match-" + level).forEach(this::match);
        return new JudgeLevel(world.documents(world.turn()), opened(Orphans.NONE), task).judge(level);
    }

    /** One turn at one side of the only segment of {@code table}. */
    SegmentOutcome verifyTurn(String table, Turn turn) {
        return verify(
                WorkItem.segments(new TableName(table), WorkItem.SOURCE, 1, 1).getFirst(), turn);
    }

    Fence.Outcome fence() {
        var turn = world.turn();
        var outcome = new Fence(world.documents(turn), folder(), world.executions(), turn)
                .close(epoch, execution, Optional.empty());
        switch (outcome) {
            case Fence.Outcome.Closed closed -> epoch = closed.epoch();
            case Fence.Outcome.Waiting waiting -> epoch = waiting.epoch();
            case Fence.Outcome.Superseded _ -> {}
        }
        return outcome;
    }

    /** Looks whether anybody still works on the run, which stays in its phase. */
    Fence.Outcome await() {
        var turn = world.turn();
        return new Fence(world.documents(turn), folder(), world.executions(), turn).await(epoch);
    }

    /** Stops all writers, undoes every level, last first, and reports. */
    RunReport rollback() {
        while (fence() instanceof Fence.Outcome.Waiting waiting) {
            world.time().sleep(waiting.longest());
        }
        undo();
        return report(Ending.ROLLED_BACK);
    }

    void undo() {
        for (int level = manifest().levels().size(); level > 0; level--) {
            items(undo + level).forEach(item -> finish(() -> undo(item, world.turn())));
        }
    }

    SegmentOutcome undoTurn(String table) {
        return undo(
                WorkItem.segments(new TableName(table), WorkItem.SOURCE, 1, 1).getFirst(), world.turn());
    }

    Reporting.Outcome reported(Ending ending) {
        var request = new Reporting.Request(task, epoch, action, ending, "");
        return new Reporting(world.documents(world.turn()), opened(Orphans.NONE), world.time()).report(request);
    }

    RunReport report(Ending ending) {
        var outcome = reported(ending);
        assertThat(outcome).isInstanceOf(Reporting.Outcome.Written.class);
        return ((Reporting.Outcome.Written) outcome).report();
    }

    Manifest manifest() {
        return world.documents(world.turn())
                .get(folder().manifest(), Manifest.class)
                .value();
    }

    OpenedRun opened(Orphans orphans) {
        return OpenedRun.of(plan, manifest(), orphans);
    }

    private OpenedRun frozen() {
        return opened(FrozenOrphans.load(world.documents(world.turn()), folder()));
    }

    private List<WorkItem> items(String name) {
        return List.of(world.documents(world.turn())
                .get(folder().work(name), WorkItem[].class)
                .value());
    }

    /** As the workflow's loop does. */
    private void finish(Supplier<SegmentOutcome> turn) {
        while (true) {
            switch (turn.get()) {
                case SegmentOutcome.Done _ -> {
                    return;
                }
                case SegmentOutcome.More _ -> {}
                case SegmentOutcome.Busy busy ->
                    world.time()
                            .sleep(java.time.Duration.between(world.time().instant(), busy.until())
                                    .plusMillis(1));
                case SegmentOutcome.Failed failed -> throw new SegmentFailed(failed.failure());
                case SegmentOutcome.Paused _ -> throw new AssertionError("paused");
                case SegmentOutcome.Stopped _ -> throw new AssertionError("stopped");
            }
        }
    }

    private SegmentOutcome analyze(WorkItem item) {
        var turn = world.turn();
        var pacing = pacing(turn, Crew.Part.all(Stage.ANALYZE, manifest()));
        return work(Stage.ANALYZE, item, turn, pacing, segment -> {
            var table = item.table().orElseThrow();
            var shapes = manifest().table(table);
            var source = scan(pacing.source(world.tables()), shapes.source().table(), shapes, turn);
            var opened = opened(Orphans.NONE);
            var conflicts = new TargetConflicts(
                    opened,
                    table,
                    pacing.source(world.tables()),
                    pacing.target(world.tables()),
                    new EarlierWrites(world.documents(turn), opened.manifest(), table),
                    turn);
            return new AnalyzeSegment(
                    opened, table, segment, source, conflicts, world.documents(turn), world.bytesPerRange());
        });
    }

    private SegmentOutcome copy(WorkItem item, Turn turn) {
        var pacing = pacing(turn, Crew.Part.of(Stage.COPY, manifest(), item.level()));
        return work(Stage.COPY, item, turn, pacing, segment -> {
            var name = item.table().orElseThrow();
            var opened = frozen();
            var table = opened.manifest().table(name);
            var writes = new EarlierWrites(world.documents(turn), opened.manifest(), name);
            var work = new CopySegment.Work(run, epoch, plan.table(name), table, opened.mapping(name), segment, writes);
            var log = new PageLog(world.documents(turn), folder());
            var source = source(pacing.source(world.tables()), table, turn);
            return new CopySegment(work, source, pacing.target(world.tables()), log, turn);
        });
    }

    private SegmentOutcome verify(WorkItem item, Turn turn) {
        var side = item.side().orElseThrow();
        var pacing = pacing(turn, Crew.Part.verifying(task, manifest(), item.level()));
        var target = pacing.target(world.tables());
        return work(Stage.verify(task, side), item, turn, pacing, segment -> {
            var name = item.table().orElseThrow();
            var opened = frozen();
            var table = opened.manifest().table(name);
            var work = new VerifyWork(task, name, segment, table.level(), Search.of(action), showing);
            return side.equals(WorkItem.TARGET)
                    ? new VerifyTarget(opened, work, target(target, table, turn), world.documents(turn))
                    : new VerifySource(
                            opened,
                            work,
                            source(pacing.source(world.tables()), table, turn),
                            target,
                            world.documents(turn),
                            turn);
        });
    }

    private SegmentOutcome undo(WorkItem item, Turn turn) {
        var undoing = control().undoing();
        var stage = Stage.undoing(undoing.drift());
        var pacing = pacing(turn, Crew.Part.of(stage, manifest(), item.level()));
        return work(stage, item, turn, pacing, segment -> {
            var name = item.table().orElseThrow();
            var work = new RollbackSegment.Work(
                    folder(), name, segment, manifest().table(name).target(), undoing);
            var tables = pacing.target(world.tables());
            return new RollbackSegment(work, tables, world.documents(turn), turn, pacing::pageRecords);
        });
    }

    private SegmentOutcome work(
            Stage stage, WorkItem item, Turn turn, Pacing pacing, Function<Segment, PageStep> step) {
        return new SegmentWork(world.documents(turn), folder(), epoch, turn, pacing)
                .run(stage, item.table().orElseThrow(), item.segment(), step.apply(item.segment()));
    }

    private void match(WorkItem item) {
        var turn = world.turn();
        var documents = world.documents(turn);
        var opened = opened(Orphans.NONE);
        int level = item.level();
        if (level > 0) {
            var now = new InSource(opened, world.tables(), turn);
            new LevelMatch(opened, documents, now, turn, task, level, Search.of(action)).match(item.index());
            return;
        }
        var source = new FamilyRecords(opened, world.tables(), true, turn.patience());
        var target = new FamilyRecords(opened, world.tables(), false, turn.patience());
        var checks = new JoinedChecks(plan, documents, folder(), item.index());
        var matched = new MatchPartition(documents, Existence.of(opened, source, target), checks)
                .match(folder().joinPrefix(AnalyzeSegment.JOIN), Earlier.NOTHING, item.index());
        checks.write();
        Matches.write(documents, opened, item.index(), matched);
    }

    private Pacing pacing(Turn turn, List<Crew.Part> parts) {
        return new Pacing(turn, new Crew(world.documents(turn), folder(), parts, WORKERS));
    }

    private static DividedTable source(Tables tables, TableOfRun table, Turn turn) {
        var scan = scan(tables, table.source().table(), table, turn);
        return new DividedTable(scan, table.source(), table.segments(), table.ranges());
    }

    private static DividedTable target(Tables tables, TableOfRun table, Turn turn) {
        var scan = scan(tables, table.target().table(), table, turn);
        return new DividedTable(scan, table.target(), table.targetSegments(), table.targetRanges());
    }

    private static ScannedTable scan(Tables tables, PhysicalTable table, TableOfRun of, Turn turn) {
        return new ScannedTable(tables, table, true, of.pageRecords(), turn.patience());
    }
}
