package dev.rekey.cli.deployment.wiring;

import dev.rekey.cli.exit.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a stack on this machine is made of.
 *
 * @param home folder that holds Rekey's own files, if known
 * @param javaHome of the Java that runs this process
 */
public record LocalFiles(Optional<Path> home, Optional<Path> storesFolder, Path javaHome) {
    /** The folder with DynamoDB Local and S3Mock. */
    Path stores() {
        return storesFolder
                .or(() -> home.map(folder -> folder.resolve("infra/stores/target")))
                .orElseThrow(() -> CommandFailure.usage("Cannot start the local stack: the folder of Rekey's own files"
                        + " is not known. Nothing was started. Start Rekey with the script ./rekey."));
    }
}
