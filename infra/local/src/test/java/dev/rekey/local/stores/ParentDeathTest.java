package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentDeathTest {
    @TempDir
    Path folder;

    /** A parent that starts a store, says which process it is, and stays. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[1]);
            Workplace place = new Workplace(Path.of(arguments[0]), folder, folder);
            StoreProgram program = StoreProgram.dynamoDbLocal(place, 0, Optional.empty());
            try (StoreProcess store = StoreProcess.launch(program, Path.of(System.getProperty("java.home")))) {
                store.awaitPort(Duration.ofSeconds(60));
                System.out.println(store.pid());
                // Until it is killed.
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void aStoreEndsWhenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        System.getProperty("rekey.stores"),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle store;
        try {
            store = ProcessHandle.of(readNumber(parent)).orElseThrow();
            assertThat(store.isAlive()).isTrue();
        } finally {
            parent.destroyForcibly();
        }
        // Throws when the store is still there after that time.
        store.onExit().get(60, TimeUnit.SECONDS);
        assertThat(store.isAlive()).isFalse();
    }

    private static long readNumber(Process process) throws IOException {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Long.parseLong(output.readLine());
        }
    }
}
