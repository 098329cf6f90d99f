package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.workflow.CopyState;
import dev.rekey.engine.workflow.Ports;

/** Copies one segment, or asks for what it needs to copy any. */
public final class MigrateHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public MigrateHandler() {
        this(Bootstrap.ofProcess());
    }

    public MigrateHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        if (payload.asksForAccess()) {
            return AccessAnswer.of(payload, ports, "migrate");
        }
        var outcome = new CopyState(ports).run(payload.task(), payload.item());
        return SegmentAnswer.of(outcome, ports.invocation().time().instant());
    }
}
