package dev.rekey.engine.run;

import java.util.Optional;
import java.util.function.Supplier;

/** Asks once, and keeps the answer. For any number of threads. */
public final class Once<T> implements Supplier<T> {
    private final Supplier<T> answers;
    private Optional<T> known = Optional.empty();

    public Once(Supplier<T> answers) {
        this.answers = answers;
    }

    @Override
    public synchronized T get() {
        if (known.isEmpty()) {
            known = Optional.of(answers.get());
        }
        return known.get();
    }
}
