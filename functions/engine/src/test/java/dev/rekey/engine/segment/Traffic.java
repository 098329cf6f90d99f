package dev.rekey.engine.segment;

import dev.rekey.engine.segment.BoundedTables.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was consumed when. */
record Traffic(List<Event> events) {
    static Traffic writes(BoundedTables tables) {
        return new Traffic(tables.events().stream().filter(Event::write).toList());
    }

    static Traffic reads(BoundedTables tables) {
        return new Traffic(
                tables.events().stream().filter(event -> !event.write()).toList());
    }

    /** Of the time from {@code from}, in seconds from the start, to {@code to}. */
    Traffic between(double from, double to) {
        return new Traffic(events.stream()
                .filter(event -> seconds(event.at()) >= from && seconds(event.at()) < to)
                .toList());
    }

    double consumed() {
        return events.stream().mapToDouble(Event::consumed).sum();
    }

    double refused() {
        return events.stream().mapToDouble(Event::refused).sum();
    }

    /** The most that was consumed in any window of {@code length}. */
    double most(Duration length) {
        double most = 0;
        double inside = 0;
        int first = 0;
        for (var event : events) {
            inside += event.consumed();
            while (Duration.between(events.get(first).at(), event.at()).compareTo(length) >= 0) {
                inside -= events.get(first++).consumed();
            }
            most = Math.max(most, inside);
        }
        return most;
    }

    static double seconds(Instant at) {
        return Duration.between(SimulatedTime.START, at).toNanos() / 1e9;
    }
}
