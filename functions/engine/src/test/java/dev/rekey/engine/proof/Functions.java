package dev.rekey.engine.proof;

import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.Executions;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.workflow.AccessState;
import dev.rekey.engine.workflow.AnalyzeState;
import dev.rekey.engine.workflow.ColdProcess;
import dev.rekey.engine.workflow.CompareState;
import dev.rekey.engine.workflow.CompareUndoneState;
import dev.rekey.engine.workflow.CopyState;
import dev.rekey.engine.workflow.FenceState;
import dev.rekey.engine.workflow.FilesOfPlan;
import dev.rekey.engine.workflow.FrozenRuns;
import dev.rekey.engine.workflow.JudgeCandidatesState;
import dev.rekey.engine.workflow.JudgeDataState;
import dev.rekey.engine.workflow.JudgeLevelState;
import dev.rekey.engine.workflow.JudgeStopState;
import dev.rekey.engine.workflow.MatchState;
import dev.rekey.engine.workflow.PauseState;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.PrepareState;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.RecordTrial;
import dev.rekey.engine.workflow.ReportState;
import dev.rekey.engine.workflow.Request;
import dev.rekey.engine.workflow.Task;
import dev.rekey.engine.workflow.TestState;
import dev.rekey.engine.workflow.UndoState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The functions of the workflow: the states that the handlers call, as warm functions of one process or cold ones. */
final class Functions {
    /** A record or two. */
    private static final long BYTES_PER_RANGE = 30;

    private static final int WORKERS = 8;

    private final Execution.Start start;
    private final Supplier<FrozenRuns> runs;
    private final Executions executions = new UnknownExecutions();

    /** One invocation at one item. */
    @FunctionalInterface
    interface OfSegment {
        SegmentOutcome invocation(FunctionCall call, Progress at, WorkItem item);
    }

    /** @param warm whether all invocations are those of one process */
    Functions(Execution.Start start, boolean warm) {
        var shared = ColdProcess.runs();
        this.start = start;
        this.runs = warm ? () -> shared : ColdProcess::runs;
    }

    Prepared prepare(FunctionCall call, Progress at) {
        return new PrepareState(ports(call))
                .run(new Request(
                        start.action(),
                        new Request.Given(Optional.of(start.plan()), FilesOfPlan.NONE),
                        start.on().map(Object::toString),
                        Optional.of(ColdProcess.plan(start.plan()).name().value()),
                        start.options(),
                        start.undoing(),
                        new Request.Execution(start.arn(), start.task(), start.at(), Optional.empty())));
    }

    /** Each function that is to write asks. */
    List<Problem> denied(FunctionCall call, Progress at, String function) {
        return new AccessState(ports(call)).denied(task(at), function);
    }

    AccessState.Ending refuse(FunctionCall call, Progress at, List<Problem> denied) {
        return new AccessState(ports(call)).refuse(task(at), String.join("\n", ProblemText.lines(denied)));
    }

    List<WorkItem> items(FunctionCall call, String name) {
        var items = List.of(call.documents()
                .get(new RunFolder(start.run()).work(name), WorkItem[].class)
                .value());
        if (items.isEmpty()) {
            throw new IllegalStateException("a Distributed Map over the empty list " + name);
        }
        return items;
    }

    SegmentOutcome analyze(FunctionCall call, Progress at, WorkItem item) {
        return new AnalyzeState(ports(call), BYTES_PER_RANGE).run(task(at), item);
    }

    SegmentOutcome match(FunctionCall call, Progress at, WorkItem item) {
        return new MatchState(ports(call)).run(task(at), item);
    }

    Analysis judge(FunctionCall call, Progress at) {
        try {
            return new JudgeDataState(ports(call)).run(task(at));
        } catch (IllegalStateException e) {
            throw new Platform.StateFailed(e.getMessage());
        }
    }

    JudgeCandidatesState.Decided judgeCandidates(FunctionCall call, Progress at) {
        return new JudgeCandidatesState(ports(call)).run(task(at));
    }

    SegmentOutcome copy(FunctionCall call, Progress at, WorkItem item) {
        return new CopyState(ports(call)).run(task(at), item);
    }

    SegmentOutcome verify(FunctionCall call, Progress at, WorkItem item) {
        return new CompareState(ports(call)).run(task(at), item, Showing.IDS);
    }

    LevelResult judgeLevel(FunctionCall call, Progress at, int level) {
        return new JudgeLevelState(ports(call)).run(task(at), level);
    }

    Fence.FenceOutcome fence(FunctionCall call, Progress at) {
        var cause = Optional.of(at.cause()).filter(text -> !text.isEmpty());
        return new FenceState(ports(call)).run(task(at), start.arn(), cause);
    }

    SegmentOutcome undo(FunctionCall call, Progress at, WorkItem item) {
        return new UndoState(ports(call)).run(task(at), item);
    }

    SegmentOutcome compareUndone(FunctionCall call, Progress at, WorkItem item) {
        return new CompareUndoneState(ports(call)).run(task(at), item);
    }

    RecordTrial.TrialOutcome test(FunctionCall call, Progress at) {
        var asked = at.ready().orElseThrow().options();
        return new TestState(ports(call))
                .run(task(at), new TableName(asked.table().orElseThrow()), asked.id());
    }

    /** Why a level was not finished. */
    JudgeStopState.Reason judgeStop(FunctionCall call, Progress at) {
        var during =
                at.state() == Progress.State.COPY ? JudgeStopState.During.COPY : JudgeStopState.During.VERIFICATION;
        return new JudgeStopState(ports(call)).run(task(at), during);
    }

    void pause(FunctionCall call, Progress at, TaskToken token) {
        new PauseState(ports(call)).run(task(at), token);
    }

    ReportWriter.ReportOutcome report(FunctionCall call, Progress at, RunOutcome ending) {
        return new ReportState(ports(call)).run(task(at), ending, at.cause());
    }

    private Ports ports(FunctionCall call) {
        return new Ports(call.documents(), call.sides(), () -> executions, call::tokens, runs.get(), call.invocation());
    }

    private Task task(Progress at) {
        var action = at.ready().flatMap(ready -> Action.of(ready.action()));
        return new Task(start.run(), start.task(), at.epoch(), action, WORKERS);
    }
}
