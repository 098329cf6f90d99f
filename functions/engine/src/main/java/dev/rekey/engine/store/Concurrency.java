package dev.rekey.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Doing several things at once. A method that starts work joins it before it returns. */
public interface Concurrency {
    <T> Started<T> start(Supplier<T> work);

    /**
     * Runs all of {@code work}, waits for every one that was started, and gives their results in order. Throws the first
     * {@link Error}, else the first exception.
     */
    default <T> List<T> all(List<? extends Supplier<T>> work) {
        var started = new ArrayList<Started<T>>(work.size());
        var failures = new ArrayList<Throwable>();
        collect(failures, () -> work.forEach(one -> started.add(start(one))));
        started.forEach(one -> collect(failures, one::join));
        // An Error speaks of the whole process: code that handles an exception of one request must not continue after
        // it.
        for (var failure : failures) {
            if (failure instanceof Error error) {
                throw error;
            }
        }
        if (!failures.isEmpty()) {
            throw (RuntimeException) failures.getFirst();
        }
        return started.stream().map(Started::join).toList();
    }

    private static void collect(List<Throwable> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    /**
     * The same, never more than {@code atMost} at once: more requests than connections only wait for each other until
     * they time out.
     *
     * @param atMost at least 1
     */
    default <T> List<T> all(List<? extends Supplier<T>> work, int atMost) {
        var lanes = new ArrayList<Supplier<List<T>>>();
        for (int lane = 0; lane < Math.min(atMost, work.size()); lane++) {
            int first = lane;
            lanes.add(() -> {
                var results = new ArrayList<T>();
                for (int i = first; i < work.size(); i += atMost) {
                    results.add(work.get(i).get());
                }
                return results;
            });
        }
        var byLane = all(lanes);
        var results = new ArrayList<T>(work.size());
        for (int i = 0; i < work.size(); i++) {
            results.add(byLane.get(i % atMost).get(i / atMost));
        }
        return results;
    }

    /** Work under way. */
    interface Started<T> {
        /** Waits for the end and gives the result or throws what the work threw. May be called again. */
        T join();
    }
}
