package dev.rekey.cli.text;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Ctrl-C, or a request of the system to end. */
public interface Interruption {
    /** Lets {@code last} run when the process is asked to end, until what is returned is closed. */
    Registration beforeTheEnd(Runnable last);

    /** Returns when the process is asked to end, and what {@code other} came to if that is sooner. */
    <T> Optional<T> await(CompletionStage<T> other);

    /** Somebody else hears it, and says what is to be said. */
    record Unheard() implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            throw new IllegalStateException("nothing to wait for");
        }
    }

    /** Takes back what was registered. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
