package dev.rekey.interpreter.ports;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of a task.
 *
 * @param resource the document's {@code Resource} without {@code .waitForTaskToken}
 * @param arguments the evaluated {@code Arguments}, or the state's input where the document has none
 * @param executionArn the execution that asks
 * @param state the name of the Task state
 * @param token present when the document waits for a callback; the task's own result is then ignored unless it fails
 * @param deadline when the attempt times out, where a limit was set
 */
public record TaskRequest(
        String resource,
        JsonNode arguments,
        String executionArn,
        String state,
        Optional<TaskToken> token,
        Optional<Instant> deadline) {}
