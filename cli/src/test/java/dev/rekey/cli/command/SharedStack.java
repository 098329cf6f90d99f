package dev.rekey.cli.command;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A stack for tests whose plans and tables have names of their own: started once, ends with this JVM. */
final class SharedStack {
    private static final String FILE = "stack.json";

    private SharedStack() {}

    private static final class Started {
        static final Path DATA = data();
        static final LocalStack STACK = start();

        private static Path data() {
            try {
                return Files.createTempDirectory("rekey-shared-stack");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static LocalStack start() {
            var stack = ProcessStack.stacks().start(new Settings(Ports.FREE, true, DATA));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stack.close();
                delete();
            }));
            return stack;
        }

        private static void delete() {
            try (var files = Files.walk(DATA)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The stack, which commands that are run in {@code directory} find as the one of this folder. */
    static LocalStack foundIn(Path directory) {
        var stack = Started.STACK;
        try {
            var folder = Files.createDirectories(directory.resolve(".rekey"));
            if (Files.notExists(folder.resolve(FILE))) {
                Files.copy(Started.DATA.resolve(FILE), folder.resolve(FILE));
            }
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
