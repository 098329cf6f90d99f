package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.pause.Pausing;
import dev.rekey.engine.pause.TaskTokens.TaskToken;
import dev.rekey.engine.turn.Turn;
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
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        new Pausing(documents, task.folder(), turn.time())
                .await(
                        new TaskToken(task.text("token")),
                        task.epoch(),
                        bootstrap().taskTokens());
        return Map.of();
    }
}
