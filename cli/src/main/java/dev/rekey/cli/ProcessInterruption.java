package dev.rekey.cli;

import dev.rekey.cli.text.Interruption;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Hears by the JVM's shutdown hooks that the process is to end. */
public final class ProcessInterruption implements Interruption {
    @Override
    public Registration beforeTheEnd(Runnable last) {
        var hook = new Thread(last, "before-the-end");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> takeBack(hook);
    }

    private static void takeBack(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the hook runs.
        }
    }

    /** When the process is asked to end, hooks run while this waits, and then the process is gone. */
    @Override
    public <T> Optional<T> await(CompletionStage<T> other) {
        return Optional.of(other.toCompletableFuture().join());
    }
}
