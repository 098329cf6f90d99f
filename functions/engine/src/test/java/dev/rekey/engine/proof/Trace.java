package dev.rekey.engine.proof;

import java.util.ArrayList;
import java.util.List;

/** Everything that happens in a simulation, in its order. */
final class Trace {
    private static final int KEPT = 4_000;

    private final Scheduler scheduler;
    private final List<String> last = new ArrayList<>();
    private long hash = 1;
    private long events;

    Trace(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void note(long atMillis, String what, String on, String how) {
        var worker = scheduler.current().worker();
        var line = "%9d %s %s e%d: %s %s %s"
                .formatted(
                        atMillis,
                        worker.run(),
                        worker.work().kind(),
                        worker.work().epoch(),
                        what,
                        on,
                        how);
        hash = 31 * hash + line.hashCode();
        events++;
        if (last.size() == KEPT) {
            last.subList(0, KEPT / 2).clear();
        }
        last.add(line);
    }

    /** The same for the same order of the same events. */
    long hash() {
        return hash;
    }

    long events() {
        return events;
    }

    String last() {
        return String.join("\n", last);
    }
}
