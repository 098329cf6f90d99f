package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.FrozenOrphans;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.workflow.AnalyzeState;
import dev.rekey.engine.workflow.CompareState;
import dev.rekey.engine.workflow.CompareUndoneState;
import dev.rekey.engine.workflow.CopyState;
import dev.rekey.engine.workflow.FenceState;
import dev.rekey.engine.workflow.JudgeCandidatesState;
import dev.rekey.engine.workflow.JudgeDataState;
import dev.rekey.engine.workflow.JudgeLevelState;
import dev.rekey.engine.workflow.MatchState;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.RecordTrial;
import dev.rekey.engine.workflow.ReportState;
import dev.rekey.engine.workflow.Task;
import dev.rekey.engine.workflow.TestState;
import dev.rekey.engine.workflow.UndoState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final List<Integer> idle;
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
        this.idle = ready.idle();
        this.epoch = ready.epoch();
    }

    /** A run that has passed its validation and may write. */
    static Migration begun(World world, String planText) {
        var migration = prepared(world, planText);
        assertThat(migration.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        migration.begin();
        return migration;
    }

    /** The same of a run that is later than all before it. */
    static Migration next(World world, String planText) {
        world.time().sleep(java.time.Duration.ofSeconds(1));
        return begun(world, planText);
    }

    /** Freezes other orphans than the analysis found: then the copy of what refers to the record fails. */
    void orphaned(String family, String id) {
        world.objects().delete(folder().orphans());
        var lost = new Identity(new FamilyName(family), new OldId(KeyType.S, id));
        FrozenOrphans.freeze(world.documents(world.invocation()), folder(), List.of(lost));
    }

    /** One that is later than all before it and has migrated. */
    static Migration migrated(World world, String planText) {
        var migration = next(world, planText);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        return migration;
    }

    static Migration prepared(World world, String planText) {
        var start = new Start(world, "first");
        return new Migration(world, planText, start, start.ready(Action.MIGRATE, planText));
    }

    /** The same run under another execution, which has checkpoints of its own to verify by. */
    Migration again(String name) {
        var ready = new Prepared.Ready(action.word(), run, Prepared.Next.VERIFY, epoch, 1, 1, RunOptions.NOTHING);
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
        return world.documents(world.invocation())
                .get(folder().control(), Control.class)
                .value();
    }

    /** Where the source record goes, by the run's mapping. */
    Map<String, AttributeValue> mapped(String table, Map<String, AttributeValue> record) {
        return switch (opened(Orphans.NONE).mapping(new TableName(table)).map(record)) {
            case dev.rekey.core.mapping.MappingOutcome.Mapped mapped -> mapped.item();
            case dev.rekey.core.mapping.MappingOutcome.FilteredOut _,
                    dev.rekey.core.mapping.MappingOutcome.MergedAway _,
                    dev.rekey.core.mapping.MappingOutcome.Unmappable _ ->
                throw new AssertionError("not mapped: " + record.get("id"));
        };
    }

    Analysis validate() {
        if (plan.merges() || plan.creates()) {
            items("merge")
                    .forEach(item -> finish(() -> new AnalyzeState(ports(), world.bytesPerRange()).run(task(), item)));
            var _ = new JudgeCandidatesState(ports()).run(task());
        }
        items("analyze")
                .forEach(item -> finish(() -> new AnalyzeState(ports(), world.bytesPerRange()).run(task(), item)));
        items("match").forEach(item -> finish(() -> new MatchState(ports()).run(task(), item)));
        // Whether the run begins to write is another step here.
        return new JudgeDataState(ports()).run(new Task(run, task, epoch, Optional.of(Action.VALIDATE), WORKERS));
    }

    /** What stands in the way when the data is judged for a migration. */
    List<FindingGroup> judgeAgain() {
        return new JudgeDataState(ports())
                .run(new Task(run, task, epoch, Optional.of(Action.MIGRATE), WORKERS))
                .judgement()
                .blockers();
    }

    void begin() {
        assertThat(new ControlObject(world.documents(world.invocation()), folder()).begin(epoch, Phase.MIGRATING))
                .isTrue();
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
        items("level-" + level).forEach(item -> finish(() -> copy(item, world.invocation())));
    }

    /** One invocation at the only segment of {@code table}. */
    SegmentOutcome copyInvocation(String table) {
        return copyInvocation(table, world.invocation());
    }

    SegmentOutcome copyInvocation(String table, Invocation invocation) {
        return copy(
                WorkItem.segments(new TableName(table), WorkItem.SOURCE, 1, 1).getFirst(), invocation);
    }

    /** Verifies a level; an invocation goes on while the clock stands still. */
    LevelResult verify(int level) {
        items("verify-" + level).forEach(item -> finish(() -> verify(item, world.invocation())));
        items("match-" + level).forEach(item -> finish(() -> new MatchState(ports()).run(task(), item)));
        return new JudgeLevelState(ports()).run(task(), level);
    }

    /** One invocation at one side of the only segment of {@code table}. */
    SegmentOutcome verifyInvocation(String table, Invocation invocation) {
        return verify(
                WorkItem.segments(new TableName(table), WorkItem.SOURCE, 1, 1).getFirst(), invocation);
    }

    /** Tests with one record, and with what it references. */
    RecordTrial.TrialOutcome test(String table, Optional<String> id) {
        return new TestState(ports()).run(task(), new TableName(table), id);
    }

    Fence.FenceOutcome fence() {
        var outcome = new FenceState(ports()).run(task(), execution, Optional.empty());
        switch (outcome) {
            case Fence.FenceOutcome.Closed closed -> epoch = closed.epoch();
            case Fence.FenceOutcome.Waiting waiting -> epoch = waiting.epoch();
            case Fence.FenceOutcome.Superseded _ -> {}
        }
        return outcome;
    }

    /** Looks whether anybody still works on the run, which stays in its phase. */
    Fence.FenceOutcome await() {
        return new FenceState(ports())
                .run(new Task(run, task, epoch, Optional.of(Action.STOP), WORKERS), execution, Optional.empty());
    }

    /** Stops all writers, undoes every level, last first, and reports. */
    RunReport rollback() {
        while (fence() instanceof Fence.FenceOutcome.Waiting waiting) {
            world.time().sleep(waiting.longest());
        }
        undo();
        compareUndone();
        return report(RunOutcome.ROLLED_BACK);
    }

    /** Where it was asked for. */
    void compareUndone() {
        if (control().undoing().verify()) {
            for (int level = manifest().levels().size(); level > 0; level--) {
                toUndo(level).forEach(item -> finish(() -> new CompareUndoneState(ports()).run(task(), item)));
            }
        }
    }

    void undo() {
        for (int level = manifest().levels().size(); level >= manifest().lowestUndone(); level--) {
            toUndo(level).forEach(item -> finish(() -> undo(item, world.invocation())));
        }
    }

    private List<WorkItem> toUndo(int level) {
        return idle.contains(level) ? List.of() : items(undo + level);
    }

    SegmentOutcome undoInvocation(String table) {
        return undo(
                WorkItem.segments(new TableName(table), WorkItem.SOURCE, 1, 1).getFirst(), world.invocation());
    }

    ReportWriter.ReportOutcome reported(RunOutcome ending) {
        return reported(ending, "");
    }

    private ReportWriter.ReportOutcome reported(RunOutcome ending, String cause) {
        return new ReportState(ports()).run(task(), ending, cause);
    }

    RunReport report(RunOutcome ending) {
        return report(ending, "");
    }

    /** @param cause what the workflow saw */
    RunReport report(RunOutcome ending, String cause) {
        var outcome = reported(ending, cause);
        assertThat(outcome).isInstanceOf(ReportWriter.ReportOutcome.Written.class);
        return ((ReportWriter.ReportOutcome.Written) outcome).report();
    }

    Manifest manifest() {
        return world.documents(world.invocation())
                .get(folder().manifest(), Manifest.class)
                .value();
    }

    /** What millions of records would have. */
    void inPartitions(int partitions) {
        var one = manifest();
        var documents = world.documents(world.invocation());
        var several = new Manifest(
                one.format(), one.origin(), one.levels(), one.tables(), one.beside(), partitions, one.earlier());
        documents.put(folder().manifest(), several);
        documents.put(folder().work("match"), WorkItem.partitions(partitions, 0));
    }

    RunContext opened(Orphans orphans) {
        return RunContext.of(plan, manifest(), orphans);
    }

    private Task task() {
        return new Task(run, task, epoch, Optional.of(action), WORKERS);
    }

    private Ports ports() {
        return ports(world.invocation());
    }

    private Ports ports(Invocation invocation) {
        return world.ports(invocation);
    }

    private List<WorkItem> items(String name) {
        return List.of(world.documents(world.invocation())
                .get(folder().work(name), WorkItem[].class)
                .value());
    }

    /** As the workflow's loop does. */
    private void finish(Supplier<SegmentOutcome> invocation) {
        while (true) {
            switch (invocation.get()) {
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

    private SegmentOutcome copy(WorkItem item, Invocation invocation) {
        return new CopyState(ports(invocation)).run(task(), item);
    }

    private SegmentOutcome verify(WorkItem item, Invocation invocation) {
        return new CompareState(ports(invocation)).run(task(), item, showing);
    }

    private SegmentOutcome undo(WorkItem item, Invocation invocation) {
        return new UndoState(ports(invocation)).run(task(), item);
    }
}
