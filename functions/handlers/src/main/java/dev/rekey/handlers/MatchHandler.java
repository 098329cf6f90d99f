package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.workflow.MatchState;
import dev.rekey.engine.workflow.Ports;

/** Matches one partition of a join. */
public final class MatchHandler extends Handler {
    /** As Lambda makes it. */
    public MatchHandler() {
        this(Bootstrap.ofProcess());
    }

    public MatchHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var outcome = new MatchState(ports).run(payload.task(), payload.item());
        return SegmentAnswer.of(outcome, ports.invocation().time().instant());
    }
}
