package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Where a frame stands. */
sealed interface Phase {

    /** Between two states; at its end where {@code next} is absent. */
    record Ready(Optional<String> next) implements Phase {}

    /** In a state whose work has not begun. */
    record Entered() implements Phase {}

    /** Items are being read; lost when the process dies, and then read again. */
    record Loading(long serial) implements Phase {}

    /** A task is in flight. */
    record Scheduled(Attempt attempt) implements Phase {}

    /** A task waits to be answered by its token. */
    record Submitted(Attempt attempt) implements Phase {}

    /** The work gave this result; Output and Assign are still to come. */
    record Finished(JsonNode result) implements Phase {}

    /** The work failed; Retry and Catch are still to decide. */
    record Erred(Failure failure) implements Phase {}

    /** The work is to be done again then. */
    record Backoff(Instant until) implements Phase {}

    /** A Wait state waits until then. */
    record Waiting(Instant until) implements Phase {}

    /** Branches are at work. */
    record Spread() implements Phase {}

    /** A Map Run is at work. */
    record Mapping(String mapRunArn) implements Phase {}

    /** Failed for good. */
    record Broken(Failure failure) implements Phase {}

    /** An error with its explanation. */
    record Failure(String error, Optional<String> cause) {}

    /**
     * One try of a task.
     *
     * @param id of the event by which it was scheduled
     * @param heartbeatSeconds 0 where none are wanted
     */
    record Attempt(
            long id, boolean callback, Optional<Instant> deadline, long heartbeatSeconds, Instant lastHeartbeat) {

        Attempt heardOf(Instant now) {
            return new Attempt(id, callback, deadline, heartbeatSeconds, now);
        }

        /** When the next heartbeat is overdue. */
        Optional<Instant> heartbeatDue() {
            return heartbeatSeconds == 0 ? Optional.empty() : Optional.of(lastHeartbeat.plusSeconds(heartbeatSeconds));
        }
    }
}
