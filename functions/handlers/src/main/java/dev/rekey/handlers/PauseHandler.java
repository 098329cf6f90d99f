package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.workflow.PauseState;
import dev.rekey.engine.workflow.Ports;
import java.util.Map;

/** Writes down the token of a task that waits while its run is paused. */
public final class PauseHandler extends Handler {
    /** As Lambda makes it. */
    public PauseHandler() {
        this(Bootstrap.ofProcess());
    }

    public PauseHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Ports ports) {
        var payload = new Payload(input);
        new PauseState(ports).run(payload.task(), new TaskToken(payload.text("token")));
        return Map.of();
    }
}
