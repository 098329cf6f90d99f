package dev.rekey.local.stores;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where stores run.
 *
 * @param stores the folder that the build of {@code infra/stores} fills
 * @param logs a log for each store; the one of the last start is replaced
 * @param temporary files that a store leaves behind, because it is halted; they are not needed after its end
 */
public record Workplace(Path stores, Path logs, Path temporary) {
    Path log(String store) {
        return logs.resolve(store + ".log");
    }

    /** The folder of what loads the classes that the JVM cannot keep. */
    Path above() {
        return stores.resolve("above");
    }

    /** Where a store's JVM keeps loaded classes: those of another JDK do not fit. */
    Path kept(String store) {
        return stores.resolve(store + "-" + Runtime.version() + ".aot");
    }

    /**
     * Makes a store's JVM use the classes that {@link KeptClasses} has kept: it starts with half of the work. A file that
     * does not fit, or is damaged, the JVM ignores; it would say so on standard output, where the port is expected.
     */
    Stream<String> keptClasses(String store) {
        var kept = kept(store);
        return Files.isRegularFile(kept)
                ? Stream.of("-XX:AOTCache=" + kept, "-Xlog:disable", "-Xlog:all=error:stderr")
                : Stream.of();
    }

    String temporaryFiles() {
        return "-Djava.io.tmpdir=" + temporary;
    }
}
