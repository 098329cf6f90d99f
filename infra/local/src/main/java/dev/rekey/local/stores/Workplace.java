package dev.rekey.local.stores;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Where stores run. In the folder of the stores may lie, for each of them, what its JVM has kept of classes that it
 * loaded and linked: later starts need half the time. A file that does not fit, or is damaged, the JVM ignores. While
 * there is a file {@code recording}, which the launcher puts there after a build, stores keep their classes when they
 * end.
 *
 * @param stores the folder that the build of {@code infra/stores} fills
 * @param logs a log for each store; the one of the last start is replaced
 * @param temporary files that a store leaves behind, because it is halted; nobody needs them after its end
 */
public record Workplace(Path stores, Path logs, Path temporary) {
    private static final Duration END = Duration.ofMillis(1_500);
    private static final Duration END_OF_RECORDING = Duration.ofMinutes(3);

    Path log(String store) {
        return logs.resolve(store + ".log");
    }

    /** What a store's JVM is told about this place. */
    Stream<String> jvmOptions(String store) {
        var kept = stores.resolve(store + ".aot");
        var temporaryFiles = "-Djava.io.tmpdir=" + temporary;
        if (isRecording()) {
            return Stream.of(temporaryFiles, "-XX:AOTCacheOutput=" + kept);
        }
        return Files.isRegularFile(kept)
                ? Stream.of(temporaryFiles, "-XX:AOTCache=" + kept)
                : Stream.of(temporaryFiles);
    }

    /** How long a store may take to end. */
    Duration end() {
        return isRecording() ? END_OF_RECORDING : END;
    }

    private boolean isRecording() {
        return Files.exists(stores.resolve("recording"));
    }
}
