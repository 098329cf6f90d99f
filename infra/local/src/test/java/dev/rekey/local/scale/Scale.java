package dev.rekey.local.scale;

import dev.rekey.engine.forecast.Forecast;
import java.util.ArrayList;
import java.util.List;

/**
 * What a migration of a size came to.
 *
 * @param records in all tables
 * @param estimated how many records the preparation took them for
 * @param segments of all source tables
 * @param children of all Distributed Maps
 * @param largestPayload in bytes, of all states of all executions
 * @param mostEvents in the history of a single execution
 * @param forecast that the run's own analysis made
 */
record Scale(
        long records,
        long estimated,
        int segments,
        int partitions,
        long children,
        long transitions,
        long largestPayload,
        int mostEvents,
        Forecast forecast) {
    private static final long MOST_PAYLOAD_BYTES = 32 * 1024;
    private static final int MOST_EVENTS = 5_000;
    private static final double MOST_TRANSITIONS_PER_MILLION = 1_000;
    private static final double MILLION = 1e6;

    /** What is larger than it may be, a sentence for each. */
    List<String> excesses() {
        var found = new ArrayList<String>();
        if (largestPayload >= MOST_PAYLOAD_BYTES) {
            found.add("a payload has " + largestPayload + " bytes");
        }
        if (mostEvents >= MOST_EVENTS) {
            found.add("an execution has " + mostEvents + " events");
        }
        if (transitionsPerMillion() >= MOST_TRANSITIONS_PER_MILLION) {
            found.add("a million records take " + Math.round(transitionsPerMillion()) + " state transitions");
        }
        return found;
    }

    double transitionsPerMillion() {
        return transitions / (records / MILLION);
    }
}
