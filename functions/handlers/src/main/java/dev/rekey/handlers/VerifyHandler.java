package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.workflow.CompareState;
import dev.rekey.engine.workflow.Ports;

/** Compares one segment of a source table with the target, or reads one segment of a target table. */
public final class VerifyHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public VerifyHandler() {
        this(Bootstrap.ofProcess());
    }

    public VerifyHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var outcome = new CompareState(ports)
                .run(
                        payload.task(),
                        payload.item(),
                        input.path("showValues").asBoolean() ? Showing.VALUES : Showing.IDS);
        return SegmentAnswer.of(outcome, ports.invocation().time().instant());
    }
}
