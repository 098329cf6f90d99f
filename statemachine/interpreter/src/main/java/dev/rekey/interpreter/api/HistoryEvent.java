package dev.rekey.interpreter.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of an execution's history, shaped as the service's {@code HistoryEvent}.
 *
 * @param id counts from 1
 * @param previousEventId the event that led to this one; 0 for the first
 * @param type such as {@code TaskStateEntered}
 * @param details the member that goes with the type, where it has one
 */
public record HistoryEvent(long id, long previousEventId, Instant timestamp, String type, Optional<Details> details) {

    /**
     * The details of an event.
     *
     * @param member its name in the service's JSON, such as {@code stateEnteredEventDetails}
     * @param value its members, named and encoded as the service does (payloads are JSON in strings)
     */
    public record Details(String member, ObjectNode value) {}
}
