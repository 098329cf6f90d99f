package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.RecordTrial.TrialOutcome;
import dev.rekey.engine.workflow.TestState;
import java.util.Optional;

/** Migrates one record and what it references, and verifies them. */
public final class TestHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public TestHandler() {
        this(Bootstrap.ofProcess());
    }

    public TestHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(String outcome, int records, String message) {}

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var id = Optional.of(payload.text("id")).filter(text -> !text.isEmpty());
        return switch (new TestState(ports).run(payload.task(), new TableName(payload.text("table")), id)) {
            case TrialOutcome.Passed(int records) -> new Answer("passed", records, "");
            case TrialOutcome.Failed(var failure) -> new Answer("failed", 0, failure.message());
            case TrialOutcome.Stopped _ -> new Answer("stopped", 0, "Another execution has taken over the run.");
        };
    }
}
