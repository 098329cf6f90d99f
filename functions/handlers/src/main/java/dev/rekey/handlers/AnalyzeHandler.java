package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.workflow.AnalyzeState;
import dev.rekey.engine.workflow.Ports;

/** Reads one segment of a source table. */
public final class AnalyzeHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public AnalyzeHandler() {
        this(Bootstrap.ofProcess());
    }

    public AnalyzeHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var outcome = new AnalyzeState(ports, bootstrap().settings().rangeBytes()).run(payload.task(), payload.item());
        return SegmentAnswer.of(outcome, ports.invocation().time().instant());
    }
}
