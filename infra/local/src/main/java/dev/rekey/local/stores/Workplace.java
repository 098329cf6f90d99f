package dev.rekey.local.stores;

import java.nio.file.Path;

/**
 * Where stores run.
 *
 * @param stores the folder that the build of {@code infra/stores} fills
 * @param logs a log for each store; the one of the last start is replaced
 * @param temporary files that a store leaves behind, because it is halted; nobody needs them after its end
 */
public record Workplace(Path stores, Path logs, Path temporary) {
    Path log(String store) {
        return logs.resolve(store + ".log");
    }

    String temporaryFiles() {
        return "-Djava.io.tmpdir=" + temporary;
    }
}
