package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.workflow.FenceState;
import dev.rekey.engine.workflow.Ports;
import java.util.Optional;

/** Makes sure that no worker writes any more. */
public final class FenceHandler extends Handler {
    /** As Lambda makes it. */
    public FenceHandler() {
        this(Bootstrap.ofProcess());
    }

    public FenceHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(String outcome, int epoch, long waitSeconds) {}

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        var task = payload.task();
        var cause = Optional.of(payload.text("cause")).filter(text -> !text.isEmpty());
        return switch (new FenceState(ports).run(task, payload.text("execution"), cause)) {
            case Fence.FenceOutcome.Closed closed -> new Answer("closed", closed.epoch(), 0);
            case Fence.FenceOutcome.Waiting waiting -> new Answer("waiting", waiting.epoch(), waiting.seconds());
            case Fence.FenceOutcome.Superseded _ -> new Answer("superseded", task.epoch(), 0);
        };
    }
}
