package dev.rekey.cli.command;

import dev.rekey.cli.deployment.StackLocation;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command. */
final class CommonOptions {
    static final String JSON = "--json";
    static final String DEBUG = "--debug";
    private static final Path USUAL_DATA = Path.of(".rekey");

    @Option(
            names = "--local",
            description =
                    "Use a stack on this machine: the one that 'rekey up' started, or else one for this" + " command.")
    private boolean local;

    @Option(names = JSON, description = "Print one JSON document to standard output, and nothing else.")
    private boolean json;

    @Option(names = "--profile", paramLabel = "NAME", description = "AWS profile to use.")
    private Optional<String> profile = Optional.empty();

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region of the stack.")
    private Optional<String> region = Optional.empty();

    @Option(names = "--stack", paramLabel = "NAME", description = "Name of the CloudFormation stack (default: rekey).")
    private Optional<String> stack = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".rekey",
            description = "Folder of the local stack (default: ${DEFAULT-VALUE}).")
    private Path data = USUAL_DATA;

    @Option(names = DEBUG, description = "Show the stack trace of a failure.")
    private boolean debug;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    Optional<String> region() {
        return region;
    }

    /** Where the data of a local stack lies. */
    Path data(Environment environment) {
        return environment.directory().resolve(data).normalize();
    }

    /** Whether the user said anything about where to work. */
    boolean namesAPlace() {
        return local || profile.isPresent() || region.isPresent() || stack.isPresent();
    }

    /** The options that say where to work on this machine, as another command needs them, with a blank before each. */
    String placeWords() {
        return local ? placeWordsHere() : "";
    }

    /** The same for a command that works on this machine whether {@code --local} is given or not. */
    String placeWordsHere() {
        return data.equals(USUAL_DATA) ? " --local" : " --local --data " + data;
    }

    StackLocation place(Environment environment) {
        return local
                ? new StackLocation.Local(data(environment))
                : new StackLocation.Aws(profile, region, stack.orElse("rekey"));
    }
}
