package dev.rekey.engine.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Doing several things at once. Whoever starts work joins it before returning. */
public interface Concurrency {
    <T> Started<T> start(Supplier<T> work);

    /** Runs all of {@code work}, waits for every one, and gives their results in order, or throws the first failure. */
    default <T> List<T> all(List<? extends Supplier<T>> work) {
        var started = work.stream().map(this::<T>start).toList();
        RuntimeException failure = null;
        for (var one : started) {
            try {
                one.join();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return started.stream().map(Started::join).toList();
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
