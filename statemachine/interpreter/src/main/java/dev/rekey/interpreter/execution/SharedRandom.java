package dev.rekey.interpreter.execution;

import java.util.random.RandomGenerator;

/** One source of chance for many threads. */
final class SharedRandom implements RandomGenerator {
    private final RandomGenerator source;

    SharedRandom(RandomGenerator source) {
        this.source = source;
    }

    @Override
    public synchronized long nextLong() {
        return source.nextLong();
    }
}
