package dev.rekey.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that can work on this machine. */
final class DataOptions {
    private static final Path USUAL_DATA = Path.of(".rekey");

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = SuggestedCommands.DATA,
            paramLabel = "DIR",
            defaultValue = ".rekey",
            description = "Folder of the local stack (default: ${DEFAULT-VALUE}).")
    private Path data = USUAL_DATA;

    boolean json() {
        return output.json();
    }

    /** Where the data of a local stack lies. */
    Path data(Environment environment) {
        return environment.directory().resolve(data).normalize();
    }

    /** The options that say where to work on this machine, as another command needs them, with a blank before each. */
    String placeWords() {
        return SuggestedCommands.words(SuggestedCommands.LOCAL, "")
                + (data.equals(USUAL_DATA) ? "" : SuggestedCommands.words(SuggestedCommands.DATA, data.toString()));
    }
}
