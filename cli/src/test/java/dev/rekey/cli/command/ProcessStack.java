package dev.rekey.cli.command;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.deployment.wiring.LocalFiles;
import dev.rekey.cli.deployment.wiring.Stacks;
import dev.rekey.cli.text.Interruption;
import dev.rekey.engine.store.Time;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the commands of an example's script are run with. */
final class ProcessStack {
    static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();

    private ProcessStack() {}

    static Shell shell(Path directory) {
        return shell(directory, new SystemTime());
    }

    /** @param time of the commands; the stack has its own */
    static Shell shell(Path directory, Time time) {
        var random = new SecureRandom();
        var stacks = stacks();
        return new Shell(
                directory,
                console -> new Environment(
                        new Environment.Terminal(console, new Undisturbed(), _ -> false),
                        new Environment.Folders(directory, Optional.of(HOME)),
                        time,
                        random,
                        stacks,
                        stacks));
    }

    static Stacks stacks() {
        var files = new LocalFiles(Optional.of(HOME), Optional.empty(), Path.of(System.getProperty("java.home")));
        return new Stacks(Map.of(), files, new SystemTime(), new SecureRandom(), _ -> {});
    }

    private static final class Undisturbed implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            return Optional.empty();
        }
    }
}
