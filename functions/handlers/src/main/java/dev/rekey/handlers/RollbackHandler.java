package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.workflow.CompareUndoneState;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.UndoState;

/** Undoes one segment, asks for what it needs to undo any, or compares what was undone: that needs the same rights to read. */
public final class RollbackHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public RollbackHandler() {
        this(Bootstrap.ofProcess());
    }

    public RollbackHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        if (payload.asksForAccess()) {
            return AccessAnswer.of(payload, ports, "rollback");
        }
        var outcome = input.path("compare").asBoolean()
                ? new CompareUndoneState(ports).run(payload.task(), payload.item())
                : new UndoState(ports).run(payload.task(), payload.item());
        return SegmentAnswer.of(outcome, ports.invocation().time().instant());
    }
}
