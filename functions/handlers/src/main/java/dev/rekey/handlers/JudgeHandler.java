package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.workflow.JudgeCandidatesState;
import dev.rekey.engine.workflow.JudgeDataState;
import dev.rekey.engine.workflow.JudgeLevelState;
import dev.rekey.engine.workflow.JudgeStopState;
import dev.rekey.engine.workflow.JudgeStopState.During;
import dev.rekey.engine.workflow.Ports;
import java.time.Duration;
import java.util.Locale;

/** Says whether the plan fits its data, whether a level is right, or why a level was not finished. */
public final class JudgeHandler extends Handler {
    /** As Lambda makes it. */
    public JudgeHandler() {
        this(Bootstrap.ofProcess());
    }

    public JudgeHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record DataAnswer(Readiness verdict, String message) {}

    private record DecidedAnswer(int merged, int created) {}

    private record LevelAnswer(long failures, String message) {}

    private record StopAnswer(String outcome) {}

    @Override
    Duration longest() {
        return LONG;
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        return switch (payload.text("subject")) {
            case "level" -> {
                var result = new JudgeLevelState(ports)
                        .run(payload.task(), input.required("level").intValue());
                yield new LevelAnswer(result.failures(), result.message());
            }
            case "failure" -> {
                var during = During.valueOf(payload.text("during").toUpperCase(Locale.ROOT));
                yield new StopAnswer(
                        switch (new JudgeStopState(ports).run(payload.task(), during)) {
                            case SUPERSEDED -> "superseded";
                            case FAILED -> "failed";
                            case UNFINISHED -> "unfinished";
                        });
            }
            case "merges" -> {
                var decided = new JudgeCandidatesState(ports).run(payload.task());
                yield new DecidedAnswer(
                        decided.merges().all().size(), decided.created().all().size());
            }
            case "data" -> {
                var analysis = new JudgeDataState(ports).run(payload.task());
                yield new DataAnswer(analysis.verdict(), analysis.message());
            }
            case String subject -> throw new IllegalArgumentException("nothing judges the subject " + subject);
        };
    }
}
