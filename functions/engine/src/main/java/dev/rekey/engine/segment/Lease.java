package dev.rekey.engine.segment;

import java.time.Instant;

/**
 * Who works on a segment.
 *
 * @param owner the invocation
 * @param epoch the run's epoch in which it works
 * @param deadline after this the owner writes nothing any more, whatever became of it
 */
public record Lease(String owner, int epoch, Instant deadline) {}
