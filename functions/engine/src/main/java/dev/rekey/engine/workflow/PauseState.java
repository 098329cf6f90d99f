package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.TaskTokens.TaskToken;

/** Writes down the token of a task that waits while its run is paused. */
public record PauseState(Ports ports) {
    public void run(Task task, TaskToken token) {
        new Pausing(ports.documents(), task.folder(), ports.invocation().time())
                .await(token, task.epoch(), ports.tokens().get());
    }
}
