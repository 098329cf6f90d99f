package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.control.ControlObject;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.judge.Analysis;
import dev.rekey.engine.judge.JudgeData;
import dev.rekey.engine.judge.JudgeLevel;
import dev.rekey.engine.judge.Tally;
import dev.rekey.engine.ledger.Decision;
import dev.rekey.engine.plan.Problem;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.turn.Turn;
import java.time.Duration;
import java.util.Arrays;

/** Says whether the plan fits its data, whether a level is right, or why a level was not finished. */
public final class JudgeHandler extends Handler {
    /** As Lambda makes it. */
    public JudgeHandler() {
        this(Bootstrap.ofProcess());
    }

    public JudgeHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record DataAnswer(String verdict, String message) {}

    private record LevelAnswer(long failures, String message) {}

    private record StopAnswer(String outcome) {}

    @Override
    Duration longest() {
        return LONG;
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        return switch (task.text("subject")) {
            case "level" -> level(task, turn, documents);
            case "failure" -> new StopAnswer(stopped(task, documents));
            default -> data(task, turn, documents);
        };
    }

    private DataAnswer data(Task task, Turn turn, Documents documents) {
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        var fromPlan = documents
                .get(task.folder().key("problems.json"), Problem[].class)
                .value();
        var analysis = new JudgeData(documents, run, task.concurrency()).judge(Arrays.asList(fromPlan));
        bootstrap().runs().judged(task.run());
        task.record(documents, turn, new Decision.Judged(analysis.verdict(), analysis.message()));
        if (!analysis.verdict().equals(Analysis.NOT_READY)
                && task.text("action").equals("migrate")) {
            begin(task, documents);
        }
        return new DataAnswer(analysis.verdict(), analysis.message());
    }

    /** From here on the run writes to the target. */
    private static void begin(Task task, Documents documents) {
        if (!new ControlObject(documents, task.folder()).begin(task.epoch(), Phase.MIGRATING)) {
            throw new IllegalStateException("Cannot begin to migrate run " + task.run()
                    + ": it has ended, or another execution has taken it. No table was written to."
                    + " See 'rekey status --run " + task.run() + "'.");
        }
    }

    /**
     * Why a level was not finished. A worker that meets what makes the run wrong writes it down as the run's failure. Where
     * there is none, a store or Lambda let the worker down; and a verification that did not finish has found nothing.
     */
    private static String stopped(Task task, Documents documents) {
        var control = documents.get(task.folder().control(), Control.class).value();
        if (control.epoch() != task.epoch()) {
            return "superseded";
        }
        boolean failed = task.text("during").equals("copy")
                && documents.find(task.folder().failure(), Failure.class).isPresent();
        return failed ? "failed" : "unfinished";
    }

    private LevelAnswer level(Task task, Turn turn, Documents documents) {
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        int level = task.input().required("level").intValue();
        var result = new JudgeLevel(documents, run, task.task()).judge(level);
        if (!task.text("action").equals("verify")) {
            var copied = Tally.of(
                    documents, task.folder(), Stage.COPY, run.manifest().level(level));
            task.record(documents, turn, new Decision.LevelMigrated(level, copied.byTable()));
        }
        task.record(documents, turn, new Decision.LevelVerified(level, result.failures(), result.tables()));
        return new LevelAnswer(result.failures(), result.message());
    }
}
