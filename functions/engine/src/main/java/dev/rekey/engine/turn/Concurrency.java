package dev.rekey.engine.turn;

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

    /** Work under way. */
    interface Started<T> {
        /** Waits for the end and gives the result or throws what the work threw. May be called again. */
        T join();
    }
}
