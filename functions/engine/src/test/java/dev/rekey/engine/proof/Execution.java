package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Platform.Kind;
import dev.rekey.engine.proof.Platform.StateFailed;
import dev.rekey.engine.proof.Platform.Work;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.workflow.JudgeStopState;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.RecordTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** One execution of the workflow, state by state, in the order of the state machine's document. */
final class Execution {
    private final Start start;
    private final Platform platform;
    private final Functions functions;
    private final List<LevelResult> levels = new ArrayList<>();
    private Optional<RunReport> report = Optional.empty();
    private Optional<Prepared.Refused> refusal = Optional.empty();
    private Result result = Result.INCOMPLETE;
    private Progress progress;

    /**
     * What an execution is started with.
     *
     * @param on the run to work on; empty for a new one
     */
    record Start(
            String plan,
            Action action,
            String name,
            Instant at,
            Optional<RunId> on,
            RunOptions options,
            Undoing undoing) {
        Start(String plan, Action action, String name, Instant at, Optional<RunId> on) {
            this(plan, action, name, at, on, RunOptions.NOTHING, Undoing.ALL);
        }

        /** While somebody vouches that nobody else writes. */
        Start exclusive() {
            return undoing(
                    new Undoing(undoing.table(), undoing.cascade(), undoing.drift(), true).verifying(undoing.verify()));
        }

        Start undoing(Undoing other) {
            return new Start(plan, action, name, at, on, options, other);
        }

        Start asking(RunOptions other) {
            return new Start(plan, action, name, at, on, other, undoing);
        }

        RunId task() {
            return RunId.of(at, name);
        }

        /** The run that it works on, which it is itself unless it was told another. */
        RunId run() {
            return on.orElseGet(this::task);
        }

        String arn() {
            return "arn:aws:states:eu-west-1:000000000000:execution:rekey:" + name;
        }
    }

    /** How an execution ends. */
    enum Result {
        ANALYZED,
        MIGRATED,
        VERIFIED,
        /** One record and what it references, which stay. */
        TESTED,
        ROLLED_BACK,
        REFUSED,
        SUPERSEDED,
        /** To be resumed or rolled back. */
        INCOMPLETE
    }

    Execution(Start start, Platform platform) {
        this(start, platform, Progress.beginning());
    }

    Execution(Start start, Platform platform, Progress progress) {
        this.start = start;
        this.platform = platform;
        this.functions = new Functions(start, platform.isOneProcess());
        this.progress = progress;
    }

    Result run() {
        while (progress.state() != State.ENDED) {
            platform.entered(progress);
            try {
                step();
            } catch (StateFailed failed) {
                progress = afterFailure(failed);
            }
        }
        return result;
    }

    /** How it has ended. */
    Result result() {
        return result;
    }

    Optional<RunReport> report() {
        return report;
    }

    /** Why it did not begin to work; empty if it did. */
    Optional<Prepared.Refused> refusal() {
        return refusal;
    }

    /** The verifications of the levels, in the order in which they were made, but for when what was done. */
    List<LevelResult> levels() {
        return levels.stream()
                .map(one -> new LevelResult(
                        one.format(),
                        one.level(),
                        one.tables(),
                        one.failures(),
                        one.differences(),
                        one.stale(),
                        new LevelResult.Reading(one.reading().digests(), List.of())))
                .toList();
    }

    private Progress afterFailure(StateFailed failed) {
        return switch (progress.state()) {
            case COPY, COMPARE, MATCH_LEVEL, JUDGE_LEVEL ->
                // What could not finish has failed at nothing: the run is left to be resumed.
                whyItStopped()
                        .filter(reason -> reason == JudgeStopState.Reason.FAILED && !staysAsItIs())
                        .map(_ -> progress.failed(failed.getMessage()))
                        .orElseGet(() -> incomplete(failed));
            case TEST -> progress.failed(failed.getMessage());
            case ACCESS,
                    MERGE,
                    JUDGE_CANDIDATES,
                    READ,
                    MATCH,
                    JUDGE,
                    REPORT_TESTED,
                    REPORT,
                    FENCE,
                    UNDO,
                    COMPARE_UNDONE,
                    REPORT_UNDONE -> incomplete(failed);
            case PREPARE, ENDED -> progress.at(State.ENDED);
        };
    }

    /** Empty if nobody can tell. */
    private Optional<JudgeStopState.Reason> whyItStopped() {
        try {
            return Optional.of(invoke(Kind.OTHER, functions::judgeStop));
        } catch (StateFailed _) {
            return Optional.empty();
        }
    }

    private Progress incomplete(StateFailed failed) {
        try {
            var _ = invoke(
                    Kind.OTHER,
                    (call, at) -> functions.report(call, at.because(failed.getMessage()), RunOutcome.INCOMPLETE));
        } catch (StateFailed _) {
            // Whoever asks for the run finds out.
        }
        return progress.at(State.ENDED);
    }

    private void step() {
        int level = progress.level();
        switch (progress.state()) {
            case PREPARE -> prepare();
            case ACCESS -> access();
            case MERGE -> each("merge", Kind.OTHER, functions::analyze, State.JUDGE_CANDIDATES);
            case JUDGE_CANDIDATES -> judgeCandidates();
            case READ -> each("analyze", Kind.OTHER, functions::analyze, State.MATCH);
            case MATCH -> each("match", Kind.OTHER, functions::match, State.JUDGE);
            case JUDGE -> judge();
            case COPY -> each("level-" + level, Kind.COPY, functions::copy, State.COMPARE);
            case COMPARE -> each("verify-" + level, Kind.OTHER, functions::verify, State.MATCH_LEVEL);
            case MATCH_LEVEL -> each("match-" + level, Kind.OTHER, functions::match, State.JUDGE_LEVEL);
            case JUDGE_LEVEL -> judgeLevel();
            case TEST -> test();
            case REPORT_TESTED -> report(RunOutcome.TESTED);
            case REPORT -> report(verifies() ? RunOutcome.VERIFIED : RunOutcome.MIGRATED);
            case FENCE -> fence();
            case UNDO -> undo();
            case COMPARE_UNDONE -> compareUndone();
            case REPORT_UNDONE -> report(RunOutcome.ROLLED_BACK);
            case ENDED -> throw new IllegalStateException("the execution has ended");
        }
    }

    private boolean verifies() {
        return progress.ready().orElseThrow().next() == Prepared.Next.VERIFY;
    }

    private void prepare() {
        switch (invoke(Kind.OTHER, functions::prepare)) {
            case Prepared.Refused refused -> {
                refusal = Optional.of(refused);
                end(Result.REFUSED);
            }
            // Somebody laid the run out meanwhile: it is left to be resumed or rolled back.
            case Prepared.Ready ready when ready.next() == Prepared.Next.STOP -> end(Result.INCOMPLETE);
            case Prepared.Ready ready ->
                progress = progress.prepared(
                        Progress.asking(ready).isEmpty() ? Progress.first(ready) : State.ACCESS, ready);
        }
    }

    private void access() {
        var ready = progress.ready().orElseThrow();
        var denied = Progress.asking(ready).stream()
                .flatMap(function -> invoke(Kind.OTHER, (call, at) -> functions.denied(call, at, function)).stream())
                .toList();
        if (denied.isEmpty()) {
            progress = progress.at(Progress.first(ready));
            return;
        }
        var ending = invoke(Kind.OTHER, (call, at) -> functions.refuse(call, at, denied));
        refusal = Optional.of(new Prepared.Refused(ending.cause(), denied));
        end(ending.error().equals(ErrorNames.REFUSED) ? Result.REFUSED : Result.INCOMPLETE);
    }

    private void judgeCandidates() {
        var _ = invoke(Kind.OTHER, functions::judgeCandidates);
        progress = progress.at(State.READ);
    }

    private void judge() {
        var analysis = invoke(Kind.OTHER, functions::judge);
        if (analysis.verdict() == Readiness.NOT_READY) {
            report(RunOutcome.REFUSED);
        } else if (start.action() == Action.ANALYZE) {
            report(RunOutcome.ANALYZED);
        } else {
            progress = progress.at(State.COPY);
        }
    }

    private void test() {
        switch (invoke(Kind.COPY, functions::test)) {
            case RecordTrial.TrialOutcome.Passed _ -> {
                boolean keep = progress.ready().orElseThrow().options().keep();
                progress = progress.at(keep ? State.REPORT_TESTED : State.FENCE);
            }
            case RecordTrial.TrialOutcome.Failed failed ->
                progress = progress.failed(failed.failure().message());
            case RecordTrial.TrialOutcome.Stopped _ ->
                progress = progress.failed("Another execution has taken over the run.");
        }
    }

    private void judgeLevel() {
        int level = progress.level();
        var judged = invoke(Kind.OTHER, (call, at) -> functions.judgeLevel(call, at, level));
        levels.add(judged);
        boolean last = level == progress.ready().orElseThrow().levels();
        if (judged.failures() > 0 && !verifies()) {
            var found = "verification found differences";
            progress = staysAsItIs() ? incomplete(new StateFailed(found)) : progress.failed(found);
        } else if (last) {
            progress = progress.at(State.REPORT);
        } else {
            progress = progress.at(verifies() ? State.COMPARE : State.COPY, level + 1);
        }
    }

    /** A migration that fails may be left to be resumed or rolled back. */
    private boolean staysAsItIs() {
        var ready = progress.ready().orElseThrow();
        return ready.action().equals(Action.MIGRATE.word()) && ready.options().onFailureOrDefault() == OnFailure.STOP;
    }

    private void fence() {
        switch (invoke(Kind.FENCE, functions::fence)) {
            case Fence.FenceOutcome.Closed closed -> progress = progress.fenced(closed.epoch());
            case Fence.FenceOutcome.Superseded _ -> end(Result.SUPERSEDED);
            case Fence.FenceOutcome.Waiting waiting -> {
                progress = progress.raised(waiting.epoch());
                platform.sleep(waiting.longest().plusMillis(1));
            }
        }
    }

    private void undo() {
        int level = progress.level();
        var prefix =
                progress.ready().orElseThrow().next() == Prepared.Next.UNDO ? "undo-" + start.task() + "-" : "level-";
        var ready = progress.ready().orElseThrow();
        each(prefix + level, Kind.UNDO, functions::undo, State.UNDO);
        if (level > ready.lowestUndone()) {
            progress = progress.at(State.UNDO, level - 1);
        } else {
            progress = ready.verifyUndone()
                    ? progress.at(State.COMPARE_UNDONE, ready.levels())
                    : progress.at(State.REPORT_UNDONE);
        }
    }

    private void compareUndone() {
        int level = progress.level();
        each("undo-" + start.task() + "-" + level, Kind.OTHER, functions::compareUndone, State.COMPARE_UNDONE);
        progress = level == 1 ? progress.at(State.REPORT_UNDONE) : progress.at(State.COMPARE_UNDONE, level - 1);
    }

    private void report(RunOutcome ending) {
        var made = invoke(Kind.OTHER, (call, at) -> functions.report(call, at, ending));
        switch (made) {
            case ReportWriter.ReportOutcome.Written written -> report = Optional.of(written.report());
            case ReportWriter.ReportOutcome.Superseded _ -> {
                end(Result.SUPERSEDED);
                return;
            }
        }
        end(
                switch (ending) {
                    case MIGRATED -> Result.MIGRATED;
                    case VERIFIED -> Result.VERIFIED;
                    case TESTED -> Result.TESTED;
                    case ROLLED_BACK -> Result.ROLLED_BACK;
                    case REFUSED -> Result.REFUSED;
                    case ANALYZED -> Result.ANALYZED;
                    case STOPPED, INCOMPLETE -> Result.INCOMPLETE;
                });
    }

    private void end(Result how) {
        result = how;
        progress = progress.at(State.ENDED);
    }

    private <T> T invoke(Kind kind, BiFunction<FunctionCall, Progress, T> function) {
        var at = progress;
        return platform.invoke(new Work(kind, at.epoch()), call -> function.apply(call, at));
    }

    private void each(String list, Kind kind, Functions.OfSegment function, State next) {
        var at = progress;
        platform.each(
                at.isIdle() ? List.of() : items(list), item -> child(new Work(kind, at.epoch()), at, function, item));
        progress = progress.at(next);
    }

    private List<WorkItem> items(String list) {
        return invoke(Kind.OTHER, (call, _) -> functions.items(call, list));
    }

    /** The loop of a child of a Distributed Map. */
    private void child(Work work, Progress at, Functions.OfSegment function, WorkItem item) {
        while (true) {
            switch (platform.invoke(work, call -> function.invocation(call, at, item))) {
                case SegmentOutcome.Done _ -> {
                    return;
                }
                case SegmentOutcome.More _ -> {}
                case SegmentOutcome.Busy busy ->
                    platform.sleep(
                            Duration.between(platform.now(), busy.until()).plusMillis(1));
                case SegmentOutcome.Failed failed ->
                    throw new StateFailed(failed.failure().message());
                case SegmentOutcome.Paused _ ->
                    platform.await(
                            start.run(),
                            new Work(Kind.OTHER, at.epoch()),
                            (call, token) -> functions.pause(call, at, token));
                case SegmentOutcome.Stopped _ -> throw new StateFailed("another execution has taken the run");
            }
        }
    }
}
