package dev.rekey.cli.deployment.wiring;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import java.nio.file.Files;
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
        var folder = storesFolder
                .or(() -> home.map(own -> own.resolve("infra/stores/target")))
                .orElseThrow(() -> CommandFailure.usage("Cannot start the local stack: the folder of Rekey's own files"
                        + " is not known. Nothing was started. Start Rekey with its script."));
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "LocalStack.STORES_MISSING",
                    "Cannot start the local stack: the folder " + folder
                            + ", which holds DynamoDB Local and S3Mock, does not"
                            + " exist. Nothing was started. Unpack the archive of this version whose name ends with"
                            + " -stores where you unpacked Rekey.");
        }
        return folder;
    }
}
