package dev.rekey.engine.migration;

import dev.rekey.engine.store.Concurrency;
import java.util.function.Supplier;

/** Does work at once, in the order in which it is started. */
public final class InThread implements Concurrency {
    @Override
    public <T> Started<T> start(Supplier<T> work) {
        try {
            T result = work.get();
            return () -> result;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }
}
